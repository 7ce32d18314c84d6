// The load test of the application, for k6 (https://grafana.com/docs/k6).
//
//   BASE_URL=https://app.stg.example.com k6 run load/load.js
//
// It fails, and k6 ends with 99, when one of the thresholds does not hold.
import http from 'k6/http';
import { check } from 'k6';

const base = (__ENV.BASE_URL || '').replace(/\/$/, '');
if (!base) {
  throw new Error('BASE_URL: "": is not set: pass the address of the application, k6 run -e BASE_URL=https://...');
}

// The public load balancer's web ACL blocks an address that sends more than
// compute.waf.rateLimit requests in five minutes, 2000 unless configured, and all of this
// comes from one. Through the internal load balancer RATE may be any.
const rate = Number(__ENV.RATE || 3);
const seconds = Number(__ENV.SECONDS || 180);

export const options = {
  scenarios: {
    steady: {
      executor: 'constant-arrival-rate', // callers do not wait for each other
      rate,
      timeUnit: '1s',
      duration: `${seconds}s`,
      preAllocatedVUs: Math.max(10, 2 * rate),
    },
  },
  thresholds: {
    http_req_failed: [{ threshold: 'rate<0.01', abortOnFail: true, delayAbortEval: '30s' }],
    http_req_duration: ['p(95)<300', 'p(99)<1000'], // milliseconds, from a runner of the same region
    checks: ['rate>0.99'],
  },
  // Neither a redirect to somewhere else nor a certificate that nobody vouches for is an answer.
  maxRedirects: 0,
  insecureSkipTLSVerify: false,
};

// A condition that throws would end the iteration: each looks at the status first, for
// where nobody answered there is no body.
export default function () {
  const front = http.get(`${base}/`, { tags: { name: 'front' } });
  check(front, {
    'front: status is 200': (answer) => answer.status === 200,
    'front: says what it is': (answer) => answer.status === 200 && answer.body.startsWith('app '),
  });
  const version = http.get(`${base}/version`, { tags: { name: 'version' } });
  check(version, {
    'version: status is 200': (answer) => answer.status === 200,
    'version: names a commit': (answer) => answer.status === 200 && /"commit":"[^"]+"/.test(answer.body),
  });
}
