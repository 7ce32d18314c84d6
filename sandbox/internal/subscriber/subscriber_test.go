package subscriber

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// post sends a body to a subscriber by HTTPS and trusts its certificate alone.
func post(t *testing.T, address, certificate, body string) int {
	t.Helper()
	trusted, err := os.ReadFile(certificate)
	require.NoError(t, err)
	pool := x509.NewCertPool()
	require.True(t, pool.AppendCertsFromPEM(trusted))
	client := http.Client{Transport: &http.Transport{Proxy: nil, TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}}}
	response, err := client.Post(address, "text/plain; charset=UTF-8", strings.NewReader(body))
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	return response.StatusCode
}

// serving is a subscriber that confirms with SNS at the host and port of sns.
func serving(t *testing.T, sns string) (address, certificate string, messages *bytes.Buffer) {
	t.Helper()
	certificate = filepath.Join(t.TempDir(), "subscriber.pem")
	pair, err := Certificate(certificate)
	require.NoError(t, err)
	messages = &bytes.Buffer{}
	address, err = New(Options{Log: messages, Confirm: sns, Complaints: log.New(io.Discard, "", 0)}).Serve(pair)
	require.NoError(t, err)
	return address, certificate, messages
}

func TestMessageIsRecorded(t *testing.T) {
	address, certificate, messages := serving(t, "")
	body := `{"Type": "Notification", "TopicArn": "arn:aws:sns:us-east-1:111111111111:production-critical", "Subject": "ALARM", "Message": "it burns"}`
	assert.Equal(t, http.StatusAccepted, post(t, address, certificate, body))
	var got Message
	require.NoError(t, json.Unmarshal(messages.Bytes(), &got))
	got.Received = time.Time{}
	assert.Equal(t, Message{Type: "Notification", TopicARN: "arn:aws:sns:us-east-1:111111111111:production-critical", Subject: "ALARM", Message: "it burns"}, got)
}

func TestOnlyTheSecretPathIsHeard(t *testing.T) {
	address, certificate, messages := serving(t, "")
	parsed, err := url.Parse(address)
	require.NoError(t, err)
	parsed.Path = "/integration/guess/enqueue"
	assert.Equal(t, http.StatusNotFound, post(t, parsed.String(), certificate, `{}`))
	assert.Equal(t, http.StatusBadRequest, post(t, address, certificate, "no envelope"))
	assert.Empty(t, messages.String())
	other, _, _ := serving(t, "")
	assert.NotEqual(t, strings.SplitN(other, "/", 4)[3], strings.SplitN(address, "/", 4)[3], "each cloud has its own key")
}

func TestConfirmationIsVisitedWhereSNSIs(t *testing.T) {
	visited := make(chan string, 2)
	sns := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { visited <- r.URL.RawQuery }))
	defer sns.Close()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { visited <- "elsewhere" }))
	defer elsewhere.Close()
	address, certificate, _ := serving(t, strings.TrimPrefix(sns.URL, "http://"))
	for _, link := range []string{elsewhere.URL + "/?Action=ConfirmSubscription", sns.URL + "/?Action=ConfirmSubscription&Token=t"} {
		assert.Equal(t, http.StatusAccepted, post(t, address, certificate, `{"Type": "SubscriptionConfirmation", "SubscribeURL": "`+link+`"}`))
	}
	assert.Equal(t, "Action=ConfirmSubscription&Token=t", <-visited)
	assert.Empty(t, visited)
}

// emulator answers sts and Secrets Manager, and remembers what was asked for.
func emulator(t *testing.T, status int, answer string) (address string, created map[string]string) {
	t.Helper()
	created = map[string]string{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Amz-Target") == "" {
			assert.NoError(t, r.ParseForm())
			account := strings.Split(r.Form.Get("RoleArn"), ":")[4]
			_, _ = io.WriteString(w, `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>`+account+
				`</AccessKeyId><SessionToken>t</SessionToken></Credentials></AssumeRoleResult></AssumeRoleResponse>`)
			return
		}
		assert.Equal(t, "secretsmanager.CreateSecret", r.Header.Get("X-Amz-Target"))
		var in struct{ Name, SecretString string }
		assert.NoError(t, json.NewDecoder(r.Body).Decode(&in))
		account, _, _ := strings.Cut(strings.TrimPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 Credential="), "/")
		created[account+" "+in.Name] = in.SecretString
		w.WriteHeader(status)
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(server.Close)
	return server.URL, created
}

// checkout has stack files of every environment; production's name secrets.
func checkout(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	accounts := filepath.Join(root, "stacks", "account")
	require.NoError(t, os.MkdirAll(accounts, 0o750))
	for _, environment := range []string{"dev", "staging", "production", "production-pci"} {
		stack, account := "config: {}\n", "config: {}\n"
		if environment == "production" {
			stack = "config:\n  platform:observability:\n    logs: {siem: {secretName: production/siem}}\n    subscriptions:\n" +
				"      critical: {https: [{name: a, secretName: production/alarms/a}, {name: b, url: 'https://example.com'}]}\n" +
				"      security: {https: [{name: a, secretName: production/alarms/a}]}\n"
			account = "config:\n  platform-account:baseline: {subscriptions: {https: [{name: a, secretName: platform/alarms/a}]}}\n"
		}
		require.NoError(t, os.WriteFile(filepath.Join(root, "Pulumi."+environment+".yaml"), []byte(stack), 0o600))
		require.NoError(t, os.WriteFile(filepath.Join(accounts, "Pulumi.account-"+environment+".yaml"), []byte(account), 0o600))
	}
	return root
}

func TestSecretsOfTheStackFilesAreCreatedEachInItsAccount(t *testing.T) {
	address, created := emulator(t, http.StatusOK, "{}")
	require.NoError(t, Seed(context.Background(), checkout(t), address, "https://127.0.0.1:1/x"))
	assert.Equal(t, map[string]string{
		"111111111111 production/alarms/a": "https://127.0.0.1:1/x", "111111111111 platform/alarms/a": "https://127.0.0.1:1/x",
	}, created, "and not the key of the SIEM, which is no address")
}

func TestSecretThatIsThereIsKeptAndAnotherRefusalIsShown(t *testing.T) {
	address, _ := emulator(t, http.StatusBadRequest, `{"__type": "ResourceExistsException"}`)
	require.NoError(t, Seed(context.Background(), checkout(t), address, "https://127.0.0.1:1/x"))
	address, _ = emulator(t, http.StatusInternalServerError, "broken")
	assert.ErrorContains(t, Seed(context.Background(), checkout(t), address, "https://127.0.0.1:1/x"), "of production: found 500")
	assert.ErrorContains(t, Seed(context.Background(), checkout(t), address, ""), "make down")
}
