package config

import (
	"fmt"
	"strconv"
)

// between refuses a number outside a range; fact says what it is not.
func between(path string, value, least, most int, fact string, found *Problems) {
	if value < least || value > most {
		found.add(path, strconv.Itoa(value), fact, fmt.Sprintf("set %d to %d", least, most))
	}
}
