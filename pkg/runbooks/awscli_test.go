package runbooks_test

import (
	"slices"
	"strings"
	"testing"

	"aws-platform/pkg/runbooks"
)

// TestAWSCommandsOfAScript: each is found, wherever it stands in it.
func TestAWSCommandsOfAScript(t *testing.T) {
	t.Parallel()
	for script, want := range map[string]string{
		"aws sts get-caller-identity":                                               "sts get-caller-identity",
		"x=$(aws kms describe-key --key-id a --query 'b | c' --output text); ls":    "kms describe-key --key-id --query --output",
		"A=1 aws --profile p --no-paginate s3 ls --recursive s3://b":                "s3 ls --profile --no-paginate --recursive",
		"aws --region=us-east-1 rds wait db-instance-deleted \\\n  --filters a":     "rds wait db-instance-deleted --region --filters",
		"for i in a b; do aws sqs list-queues; done":                                "sqs list-queues",
		"psql \"password=$(aws rds generate-db-auth-token --port 1)\" -c 'aws x y'": "rds generate-db-auth-token --port",
		"value() { aws ssm get-parameter --name \"/a/$1\"; }":                       "ssm get-parameter --name",
		"aws ssm start-session --target <a node> --reason x # aws no comment":       "ssm start-session --target --reason",
		"jq . <<<\"$(aws ec2 describe-vpcs)\" > out | aws logs put --x":             "ec2 describe-vpcs; logs put --x",
		"aws ecr list-images --query 'a[?b==`1`].c' && (aws ecr get-login)":         "ecr get-login; ecr list-images --query",
		"kubectl get pods; echo aws ec2 run; # aws ec2 run\necho 'aws ec2 run'":     "",
		"aws backup list-jobs --filter \"a\\\"b --no\" --end":                       "backup list-jobs --filter --end",
	} {
		var got []string
		for _, command := range runbooks.AWSCommands("# T\n```sh\n" + script + "\n```\n") {
			got = append(got, strings.Join(append([]string{command.Name}, command.Options...), " "))
		}
		slices.Sort(got)
		if strings.Join(got, "; ") != want {
			t.Errorf("%s:\ngot  %q\nwant %q", script, got, want)
		}
	}
}

// TestAWSCommandsOfAPage: shell blocks and inline code are read, other blocks and words are not.
func TestAWSCommandsOfAPage(t *testing.T) {
	t.Parallel()
	page := "# T\n`aws ec2 describe-vpcs\n--filters a` aws no code, `aws rds` is a service, `kubectl get aws x y`\n" +
		"```json\naws json no\n```\n```console\naws sns publish\n```\n- item\n\n  ```sh\n  aws sqs purge\n  ```\n"
	got := runbooks.Names(runbooks.AWSCommands(page))
	if want := []string{"ec2 describe-vpcs", "sns publish", "sqs purge"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestAWSCLI: a command or an option that the CLI does not have is a problem.
func TestAWSCLI(t *testing.T) {
	t.Parallel()
	cli := runbooks.ParseAWSCLI("# a comment\naws --query --region\naws rds reboot-db-instance --force-failover\naws sts get-caller-identity\n")
	for script, want := range map[string]string{
		"aws rds reboot-db-instance --force-failover --region x": "",
		"aws sts get-caller-identity --query Arn":                "",
		"aws rds reboot-db-cluster":                              "aws rds reboot-db-cluster is not in the table",
		"aws rds reboot-db-instance --failover":                  "aws rds reboot-db-instance has no option --failover",
		"aws sts get-caller-identity --force-failover":           "aws sts get-caller-identity has no option --force-failover",
	} {
		got := strings.Join(cli.Check(runbooks.AWSCommands("```sh\n"+script+"\n```\n")), "\n")
		if want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", script, got, want)
		}
	}
}
