package runbooks

import "strings"

// scanner takes a shell script apart into simple commands, as far as these pages need: quotes,
// continued lines, comments, command substitution, lists and pipelines. It knows no here-documents.
type scanner struct {
	text     string
	at       int
	commands [][]string
}

// simpleCommands are the words of each simple command of a script, those inside of $(…) and
// of (…) included. What a substitution prints is the word "$()" or a part of one.
func simpleCommands(script string) [][]string {
	s := &scanner{text: strings.ReplaceAll(script, "\\\n", " ")}
	for s.at < len(s.text) {
		s.list()
		s.at++ // a parenthesis that nothing opened
	}
	return s.commands
}

// list reads commands up to the parenthesis that closes it, or the end.
func (s *scanner) list() {
	var words []string
	for s.at < len(s.text) && s.text[s.at] != ')' {
		switch c := s.text[s.at]; {
		case c == ' ' || c == '\t' || c == '{' && s.alone() || c == '}' && s.alone():
			s.at++
		case strings.IndexByte("\n;|&", c) >= 0:
			s.keep(words)
			words = nil
			s.at++
		case c == '(':
			s.keep(words)
			words = nil
			s.at++
			s.list()
			s.at++
		case c == '#':
			s.skipTo('\n')
		case s.redirects():
			s.at++
		default:
			words = append(words, s.word())
		}
	}
	s.keep(words)
}

// keep keeps a command, if there is one.
func (s *scanner) keep(words []string) {
	if len(words) > 0 {
		s.commands = append(s.commands, words)
	}
}

// alone tells whether the character is a word by itself.
func (s *scanner) alone() bool {
	return s.at+1 == len(s.text) || strings.IndexByte(" \t\n;", s.text[s.at+1]) >= 0
}

// redirects tells a redirection from a placeholder, as in `--target <instance>`.
func (s *scanner) redirects() bool {
	c := s.text[s.at]
	return c == '>' || c == '<' && s.placeholder() == 0
}

// placeholder is the length of the <placeholder> that begins here, zero without one.
func (s *scanner) placeholder() int {
	rest, _, _ := strings.Cut(s.text[s.at:], "\n")
	if len(rest) < 2 || strings.IndexByte("< (\"'$", rest[1]) >= 0 {
		return 0
	}
	return strings.IndexByte(rest, '>') + 1
}

// skipTo goes to the next such character, or to the end.
func (s *scanner) skipTo(c byte) {
	if next := strings.IndexByte(s.text[s.at:], c); next >= 0 {
		s.at += next
		return
	}
	s.at = len(s.text)
}

// word reads one word, without its quotes.
func (s *scanner) word() string {
	var word strings.Builder
	for s.at < len(s.text) {
		switch c := s.text[s.at]; {
		case c == '\'':
			begin := s.at + 1
			s.at = begin
			s.skipTo('\'')
			word.WriteString(s.text[begin:s.at])
			s.at++
		case c == '"':
			s.at++
			s.quoted(&word)
		case s.substitutes():
			word.WriteString(s.substitution())
		case c == '<' && s.placeholder() > 0:
			length := s.placeholder()
			word.WriteString(s.text[s.at : s.at+length])
			s.at += length
		case strings.IndexByte(" \t\n;|&()<>", c) >= 0:
			return word.String()
		default:
			word.WriteByte(c)
			s.at++
		}
	}
	return word.String()
}

// quoted reads the rest of what double quotes hold.
func (s *scanner) quoted(word *strings.Builder) {
	for s.at < len(s.text) && s.text[s.at] != '"' {
		switch {
		case s.text[s.at] == '\\' && s.at+1 < len(s.text):
			word.WriteByte(s.text[s.at+1])
			s.at += 2
		case s.substitutes():
			word.WriteString(s.substitution())
		default:
			word.WriteByte(s.text[s.at])
			s.at++
		}
	}
	s.at++
}

// substitutes tells whether $(…) begins here.
func (s *scanner) substitutes() bool { return strings.HasPrefix(s.text[s.at:], "$(") }

// substitution reads $(…), whose commands are kept.
func (s *scanner) substitution() string {
	s.at += len("$(")
	s.list()
	s.at++
	return "$()"
}
