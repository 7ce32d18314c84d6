package detection

import "fmt"

// findingsRunbook is what to do about most findings.
const findingsRunbook = "security-findings.md"

// message is what the readers of the topic get of a finding: what, how grave, where, and what
// to do. The fields that begin with $ are paths into the event; all of them are in every event
// that the rule hears.
type message struct {
	// of is the service; runbook is a file in docs/runbooks; console is the service's page, with
	// %s for the region.
	of, runbook, console string
	// severity is empty for a source that gives none.
	severity string
	// what is a line and more are several; a source without has says, a line in which <where> stands.
	what, more, says string
	// where is the resource, id the finding.
	where, id string
}

// paths are those that the template names.
func (m message) paths() map[string]string {
	paths := map[string]string{"where": m.where, "id": m.id, "account": "$.account", "region": "$.region", "time": "$.time"}
	for name, path := range map[string]string{"severity": m.severity, "what": m.what, "more": m.more} {
		if path != "" {
			paths[name] = path
		}
	}
	return paths
}

// template is in the one form that Amazon Q Developer shows in Slack beside AWS' own events;
// of another it shows nothing (Amazon Q Developer in chat applications Administrator Guide,
// "Custom notifications"). In a mail it is the same lines, with their names.
//
// Within quotes EventBridge puts a value as it is, and a message that is no JSON then is
// lost. So free text, a title with quotes in it, stands by itself: there EventBridge puts the
// quotes (Amazon EventBridge User Guide, "Input transformation").
func (m message) template(args Args) string {
	title := "Finding of " + m.of + " in the account of " + args.Environment
	if m.severity != "" {
		title += ", severity <severity>"
	}
	what, more := "<what>", "<more>"
	if m.says != "" {
		what, more = quote(m.says), quote(m.says)
	}
	return `{"version":"1.0","source":"custom","content":{"textType":"client-markdown","title":` + quote(title) +
		`,"description":` + what +
		`,"nextSteps":[` + quote("Runbook: "+args.Config.RunbookURL+"/"+m.runbook) + `,` + quote("Finding: "+m.link(args)) +
		`],"keywords":["Account <account>","Region <region>","<time>"]},"metadata":{"summary":` + more +
		`,"relatedResources":[<where>],"additionalContext":{"finding":<id>}}}`
}

// link is the service's page in the console of the region and partition.
func (m message) link(args Args) string {
	host := "console.aws.amazon.com"
	if args.Partition == "aws-us-gov" {
		host = "console.amazonaws-us-gov.com"
	}
	return "https://" + args.Region + "." + host + "/" + fmt.Sprintf(m.console, args.Region)
}

func quote(text string) string { return `"` + text + `"` }
