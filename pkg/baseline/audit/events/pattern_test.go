package events_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// pattern evaluates the filter patterns over JSON that the table uses: = and != with a text,
// in which * stands for any text, NOT EXISTS, &&, || and parentheses, && before || (Amazon
// CloudWatch Logs User Guide, "Using filter patterns to match terms in JSON log events"). It
// panics on everything else. Neither = nor != holds of a property that is not there: the
// guide says so of neither, and no case of a test turns on it.
type pattern struct {
	tokens []string
	event  map[string]any
}

// tokens are the words of a pattern.
var tokens = regexp.MustCompile(`\s*(\(|\)|&&|\|\||!=|=|NOT EXISTS|"[^"]*"|[^\s()&|=!"]+)`)

// matches tells whether CloudTrail's record, as JSON, is one of a pattern.
func matches(text, event string) bool {
	inner, open := strings.CutPrefix(text, "{")
	inner, closed := strings.CutSuffix(inner, "}")
	if !open || !closed {
		panic("no pattern over JSON: " + text)
	}
	p := &pattern{}
	if err := json.Unmarshal([]byte(event), &p.event); err != nil {
		panic(fmt.Errorf("%w: %s", err, event))
	}
	rest := inner
	for strings.TrimSpace(rest) != "" {
		at := tokens.FindStringSubmatchIndex(rest)
		if at == nil || at[0] != 0 {
			panic("not understood: " + rest)
		}
		p.tokens, rest = append(p.tokens, rest[at[2]:at[3]]), rest[at[1]:]
	}
	answer := p.or()
	if len(p.tokens) > 0 {
		panic("not understood: " + strings.Join(p.tokens, " "))
	}
	return answer
}

func (p *pattern) next() string {
	if len(p.tokens) == 0 {
		panic("the pattern ends too early")
	}
	token := p.tokens[0]
	p.tokens = p.tokens[1:]
	return token
}

func (p *pattern) take(token string) bool {
	if len(p.tokens) == 0 || p.tokens[0] != token {
		return false
	}
	p.tokens = p.tokens[1:]
	return true
}

func (p *pattern) or() bool {
	answer := p.and()
	for p.take("||") {
		right := p.and() // read whatever the left says
		answer = answer || right
	}
	return answer
}

func (p *pattern) and() bool {
	answer := p.term()
	for p.take("&&") {
		right := p.term()
		answer = answer && right
	}
	return answer
}

func (p *pattern) term() bool {
	if p.take("(") {
		answer := p.or()
		if !p.take(")") {
			panic("a parenthesis is not closed")
		}
		return answer
	}
	found, exists := p.lookup(p.next())
	operator := p.next()
	if operator == "NOT EXISTS" {
		return !exists
	}
	wanted := p.next()
	switch operator {
	case "=":
		return exists && like(wanted, found)
	case "!=":
		return exists && !like(wanted, found)
	default:
		panic("no operator: " + operator)
	}
}

func (p *pattern) lookup(selector string) (string, bool) {
	path, ok := strings.CutPrefix(selector, "$.")
	if !ok {
		panic("no property: " + selector)
	}
	var value any = p.event
	for _, name := range strings.Split(path, ".") {
		object, isObject := value.(map[string]any)
		if !isObject {
			return "", false
		}
		if value, ok = object[name]; !ok {
			return "", false
		}
	}
	text, isText := value.(string)
	return text, isText
}

func like(wanted, found string) bool {
	parts := strings.Split(strings.Trim(wanted, `"`), "*")
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	return regexp.MustCompile("^" + strings.Join(parts, ".*") + "$").MatchString(found)
}
