package identity

import (
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const local = "127.0.0.1:4566"

func TestATokenIsRead(t *testing.T) {
	for name, address := range map[string]string{
		"emulator": "http://" + local + "/", "without path": "http://" + local,
		"global STS": "https://sts.amazonaws.com/", "regional STS": "https://sts.eu-west-1.amazonaws.com/",
	} {
		t.Run(name, func(t *testing.T) {
			got, err := parse(tokenOf(address, query()), local, signedAt.Add(14*time.Minute))
			require.NoError(t, err)
			assert.Equal(t, signed{accessKey: testKey, sessionToken: "session"}, got)
		})
	}
}

func TestATokenIsRefused(t *testing.T) {
	set := func(name, value string) func(url.Values) { return func(q url.Values) { q.Set(name, value) } }
	for name, one := range map[string]struct {
		address string
		change  func(url.Values)
		age     time.Duration
		want    string
	}{
		"another action":          {change: set("Action", "AssumeRole"), want: `action "AssumeRole"`},
		"no action":               {change: func(q url.Values) { q.Del("Action") }, want: `action ""`},
		"a parameter more":        {change: set("Policy", "x"), want: `parameter "Policy"`},
		"a parameter twice":       {change: func(q url.Values) { q.Add("Action", "GetCallerIdentity") }, want: "given twice"},
		"twice in another case":   {change: set("action", "GetCallerIdentity"), want: "given twice"},
		"no cluster":              {change: set("X-Amz-SignedHeaders", "host"), want: "do not name the cluster"},
		"a header that ends so":   {change: set("X-Amz-SignedHeaders", "host;not-x-k8s-aws-id"), want: "do not name the cluster"},
		"no date":                 {change: func(q url.Values) { q.Del("X-Amz-Date") }, want: `date ""`},
		"another date":            {change: set("X-Amz-Date", "2026-11-24"), want: `date "2026-11-24"`},
		"too old":                 {age: 15*time.Minute + time.Second, want: "older than"},
		"from the future":         {age: -16 * time.Minute, want: "older than"},
		"good for a day":          {change: set("X-Amz-Expires", "86400"), want: `X-Amz-Expires "86400": want 0 to 900`},
		"no key":                  {change: set("X-Amz-Credential", "/x"), want: "no access key"},
		"no credential":           {change: func(q url.Values) { q.Del("X-Amz-Credential") }, want: "no access key"},
		"another host":            {address: "https://sts.example.com/", want: `host "sts.example.com"`},
		"a host that ends so":     {address: "https://evilsts.amazonaws.com/", want: "is not the STS"},
		"a host that begins so":   {address: "https://sts.amazonaws.com.example.com/", want: "is not the STS"},
		"the emulator's neighbor": {address: "http://127.0.0.1:4567/", want: "is not the STS"},
		"a path":                  {address: "http://" + local + "/bucket", want: `path "/bucket"`},
	} {
		t.Run(name, func(t *testing.T) {
			values, address := query(), one.address
			if one.change != nil {
				one.change(values)
			}
			if address == "" {
				address = "http://" + local + "/"
			}
			_, err := parse(tokenOf(address, values), local, signedAt.Add(one.age))
			require.ErrorContains(t, err, one.want)
		})
	}
}

func TestWhatIsNoToken(t *testing.T) {
	for token, want := range map[string]string{
		"": "does not begin with", "eyJhbGciOi": "does not begin with", prefix + "***": "no base64", prefix + "": "is not the STS",
	} {
		_, err := parse(token, local, signedAt)
		assert.ErrorContains(t, err, want, token)
	}
}
