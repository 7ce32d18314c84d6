package collect

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/go-github/v85/github"

	"aws-platform/pkg/promotion"
)

// Policy reads the repository's policy as it is on the branch main now: a run that has
// waited for hours goes by the freeze of today.
func (c *Client) Policy(ctx context.Context) (promotion.Policy, error) {
	file, _, _, err := c.reading.Repositories.GetContents(ctx, c.owner, c.name, promotion.PolicyFile, &github.RepositoryContentGetOptions{Ref: "refs/heads/main"})
	if err != nil {
		return promotion.Policy{}, fmt.Errorf("%s: %w", promotion.PolicyFile, err)
	}
	if file == nil {
		return promotion.Policy{}, errors.New(promotion.PolicyFile + ": is a folder on main: make it a file")
	}
	text, err := file.GetContent()
	if err != nil {
		return promotion.Policy{}, fmt.Errorf("%s: %w", promotion.PolicyFile, err)
	}
	return promotion.ParsePolicy([]byte(text))
}
