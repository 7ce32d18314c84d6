package bridge_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"aws-platform/sandbox/aws/internal/bridge"
)

const getParameter = "aws:ssm/getParameter:getParameter"

// parameterStore answers as Systems Manager does for one public parameter.
func parameterStore(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var asked struct {
			Name           string
			WithDecryption bool
		}
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil || r.Header.Get("X-Amz-Target") != "AmazonSSM.GetParameter" {
			http.Error(w, "unexpected call", http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/x-amz-json-1.1")
		if asked.WithDecryption || asked.Name != "/aws/service/image" {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = fmt.Fprint(w, `{"__type":"ParameterNotFound","message":"no such parameter"}`)
			return
		}
		_, _ = fmt.Fprintf(w, `{"Parameter":{"Name":%q,"Type":"String","Value":"ami-0123456789abcdef0","Version":3,`+
			`"ARN":"arn:aws:ssm:us-east-1::parameter/aws/service/image"}}`, asked.Name)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// TestFunction looks a parameter up, as the SDK's LookupParameter does.
func TestFunction(t *testing.T) {
	t.Parallel()
	server, err := bridge.NewServer(t.Context(), nil, start)
	if err != nil {
		t.Fatal(err)
	}
	request := values{
		"region": "us-east-1", "accessKey": "test", "secretKey": "test", "skipCredentialsValidation": "true",
		"skipRequestingAccountId": "true", "endpoints": fmt.Sprintf(`[{"ssm":%q}]`, parameterStore(t)), "version": bridge.Version,
	}
	if _, err := server.Configure(t.Context(), &pulumirpc.ConfigureRequest{Args: fields(request), AcceptSecrets: true}); err != nil {
		t.Fatal(err)
	}
	look := func(arguments values) (*pulumirpc.InvokeResponse, error) {
		return server.Invoke(t.Context(), &pulumirpc.InvokeRequest{Tok: getParameter, Args: fields(arguments)})
	}
	got, err := look(values{"name": "/aws/service/image", "withDecryption": false})
	if err != nil || len(got.Failures) > 0 {
		t.Fatalf("%v, %v", got, err)
	}
	want := values{
		"arn": "arn:aws:ssm:us-east-1::parameter/aws/service/image", "id": "/aws/service/image", "name": "/aws/service/image",
		"insecureValue": "ami-0123456789abcdef0", "value": "ami-0123456789abcdef0", "type": "String", "version": 3, "withDecryption": false,
	}
	if lost := missing(want, got.Return.AsMap(), "result"); len(lost) > 0 {
		t.Errorf("%v", lost)
	}
	if _, err := look(values{"name": "/none", "withDecryption": false}); err == nil || !strings.Contains(err.Error(), "/none") {
		t.Errorf("error of a parameter that is not there = %v, want one that names it", err)
	}
	if refused, err := look(values{"withDecryption": false}); err == nil && len(refused.GetFailures()) == 0 {
		t.Error("a look-up without a name was not refused")
	}
}

func TestUnlistedFunctionIsNamed(t *testing.T) {
	t.Parallel()
	const token = "aws:ec2/getAmi:getAmi"
	_, err := server(t).Invoke(t.Context(), &pulumirpc.InvokeRequest{Tok: token, Args: fields(values{})})
	if err == nil || !strings.Contains(err.Error(), token) || !strings.Contains(err.Error(), "types.txt") {
		t.Errorf("error = %v, want one that names %s and types.txt", err, token)
	}
}
