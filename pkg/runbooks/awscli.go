package runbooks

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// AWSCommand is one command of the AWS CLI that a page tells people to type.
type AWSCommand struct {
	// Name is its service and operation, and a waiter's name: "rds wait db-instance-available".
	Name string
	// Options are those it is given, with their dashes.
	Options []string
}

// shells are the languages of fences whose commands are read.
var shells = []string{"sh", "console"}

// code is inline code, which may be broken over lines.
var code = regexp.MustCompile("`([^`]+)`")

// AWSCommands are the commands of the AWS CLI in a page's shell blocks and in its inline code.
func AWSCommands(text string) []AWSCommand {
	p := parse(text)
	var found []AWSCommand
	for _, block := range p.fences {
		if slices.Contains(shells, block.language) {
			found = append(found, awsCommands(block.text)...)
		}
	}
	for _, match := range code.FindAllStringSubmatch(strings.Join(texts(p.prose), "\n"), -1) {
		found = append(found, awsCommands(strings.ReplaceAll(match[1], "\n", " "))...)
	}
	return found
}

// beforeACommand is what a command's name may stand behind: VAR=value, and words of the shell.
var beforeACommand = regexp.MustCompile(`^(?s:\w+=.*|do|then|else|if|while|until|!)$`)

// awsCommands are those of one script.
func awsCommands(script string) []AWSCommand {
	var found []AWSCommand
	for _, words := range simpleCommands(script) {
		for len(words) > 0 && beforeACommand.MatchString(words[0]) {
			words = words[1:]
		}
		if len(words) < 2 || words[0] != "aws" {
			continue
		}
		if command := awsCommand(words[1:]); strings.Contains(command.Name, " ") {
			found = append(found, command)
		}
	}
	return found
}

// switches are the global options without a value.
var switches = []string{"--debug", "--no-paginate", "--no-sign-request", "--no-verify-ssl", "--version"}

// awsCommand tells the name of a command from its options and their values. A service
// alone, as in a sentence, is a name without a space.
func awsCommand(words []string) AWSCommand {
	var command AWSCommand
	var name []string
	for i := 0; i < len(words); i++ {
		switch word := words[i]; {
		case strings.HasPrefix(word, "--"):
			option, _, joined := strings.Cut(word, "=")
			command.Options = append(command.Options, option)
			if len(name) < 2 && !joined && !slices.Contains(switches, option) {
				i++ // its value, which is no part of the name
			}
		case len(name) < 2, len(name) == 2 && name[1] == "wait":
			name = append(name, word)
		}
	}
	command.Name = strings.Join(name, " ")
	return command
}

// AWSCLI says which options each command of the AWS CLI has; those of all are under "".
type AWSCLI map[string][]string

// ParseAWSCLI reads the table that tests/testdata/aws-cli.py writes: a line a command, as
// "aws rds reboot-db-instance --db-instance-identifier …".
func ParseAWSCLI(table string) AWSCLI {
	cli := AWSCLI{}
	for _, text := range strings.Split(table, "\n") {
		words := strings.Fields(text)
		if len(words) == 0 || words[0] != "aws" {
			continue
		}
		first := slices.IndexFunc(words, func(word string) bool { return strings.HasPrefix(word, "--") })
		if first < 0 {
			first = len(words)
		}
		cli[strings.Join(words[1:first], " ")] = words[first:]
	}
	return cli
}

// Check says which of the commands the CLI does not have, and which of their options.
func (cli AWSCLI) Check(commands []AWSCommand) []string {
	var problems []string
	for _, command := range commands {
		options, found := cli[command.Name]
		if !found {
			problems = append(problems, fmt.Sprintf("aws %s is not in the table of the AWS CLI's commands", command.Name))
			continue
		}
		for _, option := range command.Options {
			if !slices.Contains(options, option) && !slices.Contains(cli[""], option) {
				problems = append(problems, fmt.Sprintf("aws %s has no option %s", command.Name, option))
			}
		}
	}
	return problems
}

// Names are the commands' names, sorted, each once.
func Names(commands []AWSCommand) []string {
	names := make([]string, 0, len(commands))
	for _, command := range commands {
		names = append(names, command.Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
