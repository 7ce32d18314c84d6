package identity

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// prefix begins every token of `aws eks get-token`.
const prefix = "k8s-aws-v1."

// maxAge is how long after its signature EKS accepts a token, whatever X-Amz-Expires
// says (the AWS CLI writes 60 and renews after 14 minutes).
const maxAge = 15 * time.Minute

// signed is a request to STS as it came in a token.
type signed struct {
	accessKey, sessionToken string
}

// parameters are what such a request has and may have; anything else is refused, as
// aws-iam-authenticator does: it could make STS answer another question.
var parameters = map[string]bool{
	"action": true, "version": true, "x-amz-algorithm": true, "x-amz-credential": true, "x-amz-date": true,
	"x-amz-expires": true, "x-amz-security-token": true, "x-amz-signature": true, "x-amz-signedheaders": true,
}

// stsHost is one of STS's own names, which older commands write whatever their endpoint is.
var stsHost = regexp.MustCompile(`^sts(\.[a-z0-9-]+)?\.amazonaws\.com$`)

// parse reads a token that is for the STS at the host (the emulator's, or one of AWS's
// own names: the request is sent to the emulator either way).
func parse(token, host string, now time.Time) (signed, error) {
	encoded, ok := strings.CutPrefix(token, prefix)
	if !ok {
		return signed{}, fmt.Errorf("token: does not begin with %s: get one with `aws eks get-token`", prefix)
	}
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(encoded, "="))
	if err != nil {
		return signed{}, fmt.Errorf("token: is no base64: %w", err)
	}
	request, err := url.Parse(string(raw))
	if err != nil {
		return signed{}, fmt.Errorf("token: holds no URL: %w", err)
	}
	if request.Host != host && !stsHost.MatchString(request.Host) {
		return signed{}, fmt.Errorf("token: host %q: is not the STS of this sandbox: want %s", request.Host, host)
	}
	if request.Path != "" && request.Path != "/" {
		return signed{}, fmt.Errorf("token: path %q: want /", request.Path)
	}
	return read(request.Query(), now)
}

// read checks the parameters of the request.
func read(query url.Values, now time.Time) (signed, error) {
	values := map[string]string{}
	for name, list := range query {
		lower := strings.ToLower(name)
		if !parameters[lower] {
			return signed{}, fmt.Errorf("token: parameter %q: does not belong into GetCallerIdentity", name)
		}
		if _, twice := values[lower]; twice || len(list) != 1 {
			return signed{}, fmt.Errorf("token: parameter %q: is given twice", name)
		}
		values[lower] = list[0]
	}
	if values["action"] != "GetCallerIdentity" {
		return signed{}, fmt.Errorf("token: action %q: want GetCallerIdentity", values["action"])
	}
	if !strings.Contains(";"+values["x-amz-signedheaders"]+";", ";"+clusterHeader+";") {
		return signed{}, fmt.Errorf("token: signed headers %q: do not name the cluster (%s)", values["x-amz-signedheaders"], clusterHeader)
	}
	date, err := time.Parse("20060102T150405Z", values["x-amz-date"])
	if err != nil {
		return signed{}, fmt.Errorf("token: date %q: is none", values["x-amz-date"])
	}
	if age := now.Sub(date); age > maxAge || age < -maxAge {
		return signed{}, fmt.Errorf("token: signed at %s: is older than %s", date.Format(time.RFC3339), maxAge)
	}
	if seconds, err := strconv.Atoi(values["x-amz-expires"]); err != nil || seconds < 0 || seconds > int(maxAge.Seconds()) {
		return signed{}, fmt.Errorf("token: X-Amz-Expires %q: want 0 to %.0f seconds", values["x-amz-expires"], maxAge.Seconds())
	}
	key, _, ok := strings.Cut(values["x-amz-credential"], "/")
	if !ok || key == "" {
		return signed{}, fmt.Errorf("token: credential %q: names no access key", values["x-amz-credential"])
	}
	return signed{accessKey: key, sessionToken: values["x-amz-security-token"]}, nil
}
