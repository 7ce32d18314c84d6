package identity

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// clusterHeader binds a token to the cluster it was made for.
const clusterHeader = "x-k8s-aws-id"

// asker asks the emulator's STS.
type asker struct {
	endpoint string
	client   http.Client
}

func newAsker(endpoint string) asker {
	return asker{endpoint: strings.TrimSuffix(endpoint, "/"), client: http.Client{
		Timeout: 20 * time.Second, Transport: &http.Transport{Proxy: nil, DisableKeepAlives: true},
	}}
}

// caller returns the ARN of who signed. The emulator takes a signed URL for a request to
// S3, so the access key goes into the header instead.
func (a asker) caller(ctx context.Context, s signed, cluster string) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, a.endpoint+"/", strings.NewReader("Action=GetCallerIdentity&Version=2011-06-15"))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential="+s.accessKey+"/20060102/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=0")
	request.Header.Set(clusterHeader, cluster)
	if s.sessionToken != "" {
		request.Header.Set("X-Amz-Security-Token", s.sessionToken)
	}
	response, err := a.client.Do(request)
	if err != nil {
		return "", fmt.Errorf("ask STS: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(response.Body, 64<<10))
	if err != nil || response.StatusCode != http.StatusOK {
		return "", fmt.Errorf("STS refuses the token: %s: %s", response.Status, body)
	}
	var answer struct {
		ARN string `xml:"GetCallerIdentityResult>Arn"`
	}
	if err := xml.Unmarshal(body, &answer); err != nil || answer.ARN == "" {
		return "", fmt.Errorf("STS answers without an ARN: %s", body)
	}
	return answer.ARN, nil
}
