// Package policytest asks IAM policy documents what they allow, as IAM would (IAM User
// Guide, "Policy evaluation logic"), so that a test can say who may do what, and not what
// a document looks like. It knows what the documents of this repository have, and panics
// on everything else: an operator that it skipped would be a condition that always holds.
package policytest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"aws-platform/pkg/policy"
)

// Request is what somebody wants to do.
type Request struct {
	// Principal is an ARN, of a role or of an identity provider; identity policies ignore it.
	Principal string
	// Action and Resource are what is done to what; a trust policy has no resource.
	Action, Resource string
	// Context are the values of the condition keys, by key.
	Context map[string][]string
}

// Answer is what a document says to a request.
type Answer string

// The answers: a denial beats an allowance, and nothing is no.
const (
	Allowed Answer = "allowed"
	Denied  Answer = "denied"
	Silent  Answer = "silent"
)

// Ask asks a document.
func Ask(document string, request Request) Answer {
	var read struct{ Statement []policy.Statement }
	if err := json.Unmarshal([]byte(document), &read); err != nil {
		panic(fmt.Errorf("%w: %s", err, document))
	}
	return AskStatements(read.Statement, request)
}

// AskStatements is Ask of statements.
func AskStatements(statements []policy.Statement, request Request) Answer {
	answer := Silent
	for _, statement := range statements {
		if !takesIn(statement, request) {
			continue
		}
		if statement.Effect == policy.Deny {
			return Denied
		}
		answer = Allowed
	}
	return answer
}

func takesIn(statement policy.Statement, request Request) bool {
	if !named(statement.Action, statement.NotAction, request.Action) {
		return false
	}
	resources, others := fill(statement.Resource, request), fill(statement.NotResource, request)
	if len(resources)+len(others) > 0 && !named(resources, others, request.Resource) {
		return false
	}
	return isPrincipal(statement.Principal, request.Principal) && holds(statement.Condition, request.Context)
}

// named: a text is one of the patterns, or, where there are others instead, none of them.
func named(patterns, others []string, text string) bool {
	matches := func(pattern string) bool { return policy.Matches(pattern, text) }
	if len(others) > 0 {
		return !slices.ContainsFunc(others, matches)
	}
	return slices.ContainsFunc(patterns, matches)
}

// fill puts the values of the request's condition keys in place of policy variables. A
// variable without a value matches nothing (IAM User Guide, "Policy elements: Variables and tags").
func fill(patterns []string, request Request) []string {
	filled := make([]string, len(patterns))
	for i, pattern := range patterns {
		filled[i] = variable.ReplaceAllStringFunc(pattern, func(found string) string {
			if values := request.Context[variable.FindStringSubmatch(found)[1]]; len(values) == 1 {
				return values[0]
			}
			return found
		})
	}
	return filled
}

// variable is a policy variable without a default, as in ${aws:username}.
var variable = regexp.MustCompile(`\$\{([A-Za-z0-9:/]+)\}`)

// isPrincipal: an account stands for all that is in it.
func isPrincipal(principal any, arn string) bool {
	switch p := principal.(type) {
	case nil:
		return true
	case string:
		return p == "*"
	case map[string]any:
		for _, value := range p {
			for _, one := range Texts(value) {
				account, isAccount := strings.CutSuffix(one, ":root")
				if one == arn || one == "*" || isAccount && strings.HasPrefix(arn, account+":role/") {
					return true
				}
			}
		}
	}
	return false
}

func holds(condition policy.Condition, context map[string][]string) bool {
	for operator, keys := range condition {
		for key, value := range keys {
			if !compare(operator, Texts(value), context[key]) {
				return false
			}
		}
	}
	return true
}

// compare: several wanted values are alternatives; a key that the request lacks satisfies
// a negated operator and one of IfExists, and no other.
func compare(operator string, wanted, found []string) bool {
	operator = strings.TrimPrefix(operator, "ForAnyValue:")
	if base, ifExists := strings.CutSuffix(operator, "IfExists"); ifExists {
		if len(found) == 0 {
			return true
		}
		operator = base
	}
	equal := func(match func(pattern, text string) bool) bool {
		return slices.ContainsFunc(found, func(text string) bool {
			return slices.ContainsFunc(wanted, func(pattern string) bool { return match(pattern, text) })
		})
	}
	like := func(pattern, text string) bool { return policy.Matches(pattern, text) }
	same := func(pattern, text string) bool { return pattern == text }
	switch operator {
	case "StringEquals", "Bool":
		return equal(same)
	case "StringLike", "ArnLike", "ArnEquals": // the two of ARNs are alike
		return equal(like)
	case "ArnNotLike", "StringNotLike":
		return !equal(like)
	case "StringNotEquals":
		return !equal(same)
	case "Null":
		return slices.Contains(wanted, strconv.FormatBool(len(found) == 0))
	case "NumericLessThan":
		return equal(func(limit, text string) bool { return number(text) < number(limit) })
	default:
		panic(operator + ": policytest does not know this operator: teach it, or a test proves nothing")
	}
}

func number(text string) (n int) {
	if _, err := fmt.Sscanf(text, "%d", &n); err != nil {
		panic(fmt.Errorf("%s: %w", text, err))
	}
	return n
}

// Texts reads what a policy may write as one value or as a list.
func Texts(value any) []string {
	switch v := value.(type) {
	case nil:
		return nil
	case string:
		return []string{v}
	case []string:
		return v
	case []any:
		var texts []string
		for _, one := range v {
			texts = append(texts, fmt.Sprint(one))
		}
		return texts
	default:
		return []string{fmt.Sprint(v)}
	}
}
