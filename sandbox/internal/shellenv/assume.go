package shellenv

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"aws-platform/sandbox/internal/layout"
)

// session is a set of temporary credentials.
//
//nolint:gosec // it holds the emulator's dummy credentials and is written to the sandbox's own file only
type session struct {
	AccessKeyID     string `xml:"AccessKeyId"`
	SecretAccessKey string `xml:"SecretAccessKey"`
	SessionToken    string `xml:"SessionToken"`
}

// Authorization is the header of requests to a service in an account of the emulator at
// endpoint: that reads the account from the key and the service from the scope.
func Authorization(ctx context.Context, endpoint string, account layout.Account, service string) (string, error) {
	assumed, err := assumeRole(ctx, endpoint, account)
	return scope(assumed.AccessKeyID, service), err
}

func scope(key, service string) string {
	return fmt.Sprintf("AWS4-HMAC-SHA256 Credential=%s/%s/%s/%s/aws4_request, SignedHeaders=host, Signature=none",
		key, time.Now().UTC().Format("20060102"), layout.Region, service)
}

// assumeRole enters an account of the emulator by its deploy role. The emulator
// reads the service from the signature's scope and checks nothing else of it,
// so no AWS SDK is needed for this one call.
func assumeRole(ctx context.Context, endpoint string, account layout.Account) (session, error) {
	form := url.Values{
		"Action": {"AssumeRole"}, "Version": {"2011-06-15"}, "RoleSessionName": {"sandbox"},
		"RoleArn": {fmt.Sprintf("arn:aws:iam::%s:role/%s", account.ID, layout.DeployRole)},
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint, strings.NewReader(form.Encode()))
	if err != nil {
		return session{}, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Authorization", scope(accessKey, "sts"))

	client := http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{Proxy: nil}}
	response, err := client.Do(request)
	if err != nil {
		return session{}, fmt.Errorf("enter account %s of the emulator: %w", account.ID, err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return session{}, fmt.Errorf("enter account %s of the emulator: %w", account.ID, err)
	}
	var answer struct {
		Credentials session `xml:"AssumeRoleResult>Credentials"`
	}
	if err := xml.Unmarshal(body, &answer); err != nil || answer.Credentials.SessionToken == "" {
		return session{}, fmt.Errorf("enter account %s of the emulator: found %s %s, wanted session credentials",
			account.ID, response.Status, body)
	}
	return answer.Credentials, nil
}
