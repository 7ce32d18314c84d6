package config

import (
	"regexp"
	"strconv"
)

// none is the value of a key that is missing.
const none = "none"

// plain are texts that an error line can show as they are.
var plain = regexp.MustCompile(`^[A-Za-z0-9_./:=@+-]+$`)

// quoted is a text as an error line shows it: in quotes where it is empty, or
// has something in it that would be misread.
func quoted(text string) string {
	if plain.MatchString(text) {
		return text
	}
	return strconv.Quote(text)
}
