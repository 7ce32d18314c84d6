package config

import (
	"cmp"
	"fmt"
	"strings"
)

const preface = `<!-- Written by ` + "`platform docs`" + `; edit pkg/config/reference.go. -->

# Configuration

Each environment is configured by its ` + "`Pulumi.<stack>.yaml`" + `, the peerings by
` + "`stacks/peering/Pulumi.peering.yaml`" + `, the repository by ` + "`stacks/github/Pulumi.github.yaml`" + `,
an account by ` + "`stacks/account/Pulumi.account-<environment>.yaml`" + `. ` + "`platform validate <stack>`" + ` checks a file without
credentials and without Pulumi; the program makes the same checks before it registers anything.

Unknown keys, empty values and values of another type are refused everywhere, and so are
encrypted ones: the configuration holds no secrets. All problems are reported at once, sorted,
one a line as ` + "`path: value: fact: remedy`" + `. Nothing that opens the network has a default, but
for 443 and 80 of the public load balancer, which is there to be reached.

The environments are ` + "`dev`, `staging`, `production` and `production-pci`" + `; a stack of another name is refused.
Any other key of the namespace ` + "`aws`" + ` is refused, because only a default provider would read it, and
the projects allow none (` + "`pulumi:disable-default-providers`" + ` in ` + "`Pulumi.yaml`" + `). Keys of further namespaces are Pulumi's own.
`

// Markdown is the text of docs/configuration.md.
func Markdown() string {
	return preface + table("An environment", Reference()) + table("The peering stack", PeeringReference()) +
		table("The repository's stack", GitHubReference()) + table("An account's stack", AccountReference())
}

func table(title string, keys []Key) string {
	var text strings.Builder
	fmt.Fprintf(&text, "\n## %s\n\n| key | type | default | what it says | refused |\n|---|---|---|---|---|\n", title)
	for _, key := range keys {
		fmt.Fprintf(&text, "| `%s` | %s | %s | %s | %s |\n", key.Path, key.Type, key.Default, key.Says, cmp.Or(key.Refused, "nothing more"))
	}
	return text.String()
}
