package collect

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/go-github/v85/github"
	"github.com/hashicorp/go-retryablehttp"
)

// Options say how GitHub is reached.
type Options struct {
	// URL is the address of the API; "" is https://api.github.com/.
	URL string
	// Repository is "owner/name".
	Repository string
	// Token is the workflow's own: it may read actions, contents and deployments,
	// and for [Client.Start] and [Client.Finish] write deployments.
	Token string
	// MembersToken is a GitHub App's, which may read the members of the owner's
	// teams: a workflow's own token never may.
	MembersToken string
	// Wait is the first wait before something is asked again; 0 is a second.
	Wait time.Duration
}

// Client reads evidence and writes deployments.
type Client struct {
	owner, name string
	reading     *github.Client
	members     *github.Client
	writing     *github.Client
	// download fetches artifacts from where GitHub says that they are; it has no
	// token, because that is another company's host.
	download *http.Client
	// local is this machine's clock.
	local func() time.Time
}

// attempts is how often reading is tried again.
const attempts = 3

// patience is how long one request may take.
const patience = 30 * time.Second

// New prepares a client; it asks nothing yet. An error names the option that is wrong.
func New(o Options) (*Client, error) {
	owner, name, both := strings.Cut(o.Repository, "/")
	if !both || owner == "" || name == "" || strings.Contains(name, "/") {
		return nil, fmt.Errorf("GITHUB_REPOSITORY: %q: is no repository: owner/name", o.Repository)
	}
	if o.Token == "" {
		return nil, errors.New("GITHUB_TOKEN: none: is required: a token that may read actions, contents and deployments")
	}
	base := o.URL
	if base == "" {
		base = "https://api.github.com/"
	}
	address, err := url.Parse(strings.TrimSuffix(base, "/") + "/")
	if err != nil || address.Host == "" {
		return nil, fmt.Errorf("GITHUB_API_URL: %q: is no address: https://api.github.com", o.URL)
	}
	retrying := retrying(o.Wait)
	client := func(through *http.Client, token string) *github.Client {
		c := github.NewClient(through)
		if token != "" {
			c = c.WithAuthToken(token)
		}
		c.BaseURL = address
		return c
	}
	return &Client{
		owner: owner, name: name,
		reading:  client(retrying, o.Token),
		members:  client(retrying, o.MembersToken),
		writing:  client(&http.Client{Timeout: patience}, o.Token),
		download: retrying,
		local:    time.Now,
	}, nil
}

// retrying is a client that asks again where GitHub's servers fail.
func retrying(wait time.Duration) *http.Client {
	c := retryablehttp.NewClient()
	c.Logger = nil
	c.RetryMax = attempts
	c.HTTPClient.Timeout = patience
	// Redirects are the caller's to follow: one to another host must not have the token.
	c.HTTPClient.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	if wait > 0 {
		c.RetryWaitMin, c.RetryWaitMax = wait, wait
	}
	c.ErrorHandler = retryablehttp.PassthroughErrorHandler // the last answer says more than "giving up"
	return c.StandardClient()
}

// gone tells whether GitHub answered that something does not exist.
func gone(err error) bool {
	var response *github.ErrorResponse
	return errors.As(err, &response) && response.Response != nil && response.Response.StatusCode == http.StatusNotFound
}

// lacking is the error of an answer without what every such answer has.
func lacking(what, field string) error {
	return fmt.Errorf("%s: GitHub's answer has no %s", what, field)
}
