// Runs the load script's function some times against BASE_URL, with stand-ins for k6's
// modules, and prints what it asked for and what held.
globalThis.__ENV = process.env;
const { checks } = await import('k6');
const { requests } = await import('k6/http');
const script = await import('./load.mjs');
for (let i = 0; i < Number(process.env.ITERATIONS); i++) {
  script.default();
}
console.log(JSON.stringify({ options: script.options, checks, requests }));
