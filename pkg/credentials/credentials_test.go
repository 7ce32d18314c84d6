package credentials_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/credentials"
)

// The credentials below are put together here, so that no scanner of the repository finds them.
var (
	keyID     = "AKIA" + "IOSFODNN7EXAMPLE"
	secretKey = "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY"
	pem       = "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIE"
	webToken  = "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "dozjgNryP4J3jVmNHl0w5N"
)

func TestWhatLooksLikeACredentialIsFound(t *testing.T) {
	for name, test := range map[string]struct {
		value any
		want  string
	}{
		"a password":                {map[string]any{"password": "hunter2"}, "at.password: looks like a value of password"},
		"Pulumi's spelling":         {map[string]any{"masterPassword": "hunter2"}, "at.masterPassword: looks like a value of masterPassword"},
		"Terraform's spelling":      {map[string]any{"auth_token": "hunter2"}, "at.auth_token: looks like a value of auth_token"},
		"a secret's text":           {map[string]any{"secretString": "x"}, "at.secretString: looks like a value of secretString"},
		"in a list":                 {[]any{"a", map[string]any{"privateKey": "x"}}, "at[1].privateKey: looks like a value of privateKey"},
		"an access key ID":          {"export AWS_ACCESS_KEY_ID=" + keyID, "at: looks like an access key ID of AWS"},
		"a secret access key":       {secretKey, "at: looks like a secret access key of AWS"},
		"a secret key in user data": {"key: " + secretKey + "\n", "at: looks like a secret access key of AWS"},
		"a private key":             {pem, "at: looks like a private key"},
		"a web token":               {webToken, "at: looks like a JSON web token"},
		"a URL":                     {"postgres://app:" + "hunter2@db.example.com/app", "at: looks like a URL with a password"},
		"a connection string":       {"host=db " + "password=hunter2", "at: looks like a password in a text"},
		"in JSON text":              {`{"` + `password": "hunter2"}`, "at: looks like a password in a text"},
		"a token of GitHub":         {"ghp_" + strings.Repeat("a1B2", 9), "at: looks like a token of GitHub"},
	} {
		t.Run(name, func(t *testing.T) {
			var lines []string
			for _, finding := range credentials.Scan("at", test.value) {
				lines = append(lines, finding.String())
				assert.NotContains(t, finding.String(), "hunter2", "a finding does not repeat the value")
			}
			assert.Equal(t, []string{test.want}, lines)
		})
	}
}

func TestWhatOnlySoundsLikeOneIsNot(t *testing.T) {
	for name, value := range map[string]any{
		"a setting":                   map[string]any{"manageMasterUserPassword": true, "minimumPasswordLength": "14", "passwordPolicy": "strict"},
		"the ARN of a secret":         map[string]any{"secret": "arn:aws:secretsmanager:us-east-1:111111111111:secret:rds!db-x-AbCdEf"},
		"nothing":                     map[string]any{"password": "", "authToken": nil},
		"what is not known yet":       map[string]any{"password": "04da6b54-80e4-46f7-96ec-b56ff0331ba9"},
		"a recorded graph's secret":   map[string]any{"password": "[secret]"},
		"what Pulumi encrypted":       map[string]any{"password": map[string]any{"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:abc"}},
		"the kind of authentication":  map[string]any{"authenticationMode": map[string]any{"type": "no-password-required"}},
		"a policy document":           `{"Action":["kms:Decrypt"],"Resource":["arn:aws:kms:us-east-1:111111111111:key/1"]}`,
		"a hash of forty digits":      "da39a3ee5e6b4b0d3255bfef95601890afd80709",
		"a path of forty characters":  "aws/service/ami/amazon/linux/latest/al20",
		"a URL without a password":    "https://example.com:8443/path@home",
		"the name of a public key":    map[string]any{"keyId": "alias/production/rds", "publicKey": "ssh-ed25519 AAAA"},
		"a sentence about a password": "Secret of the administrator, in Secrets Manager",
		"a number":                    map[string]any{"token": 42.0},
	} {
		t.Run(name, func(t *testing.T) { assert.Empty(t, credentials.Scan("at", value)) })
	}
}

func TestAnExportIsScannedResourceByResource(t *testing.T) {
	found, err := credentials.ScanExport([]byte(`{"version": 3, "deployment": {"resources": [
		{"urn": "urn:a", "inputs": {"name": "x"}, "outputs": {"` + `password": "hunter2"}},
		{"urn": "urn:b", "inputs": {"` + `password": {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:abc"}}}]}}`))
	require.NoError(t, err)
	require.Len(t, found, 1)
	assert.Equal(t, "urn:a outputs.password: looks like a value of password", found[0].String())
}

func TestWhatIsNoExportIsAnError(t *testing.T) {
	for text, want := range map[string]string{
		"{":                               "not what `pulumi stack export` prints: unexpected end",
		`{}`:                              "no resources: export a stack that is deployed",
		`{"deployment":{"resources":[]}}`: "no resources",
	} {
		_, err := credentials.ScanExport([]byte(text))
		assert.ErrorContains(t, err, want)
	}
}
