package verify

import (
	"fmt"
	"slices"
	"strings"
)

// MatrixHeading begins the matrix in docs/network.md.
const MatrixHeading = "## Security group rules"

// matrixColumns are the columns of the matrix, in their order.
var matrixColumns = []string{"environment", "security group", "direction", "protocol", "port", "peer", "description"}

// Rule is one rule of a security group, as the matrix writes it. Protocol "-" is
// the matrix's word for no rule in that direction.
type Rule struct{ Environment, Group, Direction, Protocol, Port, Peer, Description string }

// The directions of a rule.
const (
	ingress = "ingress"
	egress  = "egress"
)

var directions = []string{ingress, egress}

const (
	none       = "-"
	prefixList = "pl-" // how the IDs of prefix lists begin
)

// ParseMatrix reads the rules of all environments from the page docs/network.md.
func ParseMatrix(page string) ([]Rule, error) {
	_, rest, found := strings.Cut(page, "\n"+MatrixHeading+"\n")
	if !found {
		return nil, fmt.Errorf("docs/network.md: found no heading %q: `platform docs` writes it", MatrixHeading)
	}
	rest, _, _ = strings.Cut(rest, "\n## ")
	var rows [][]string
	for line := range strings.Lines(rest) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "|") {
			rows = append(rows, cells(line))
		}
	}
	if len(rows) < 3 || !slices.Equal(rows[0], matrixColumns) {
		return nil, fmt.Errorf("docs/network.md: below %q: wanted a table of %s", MatrixHeading, strings.Join(matrixColumns, " | "))
	}
	var rules []Rule
	for _, row := range rows[2:] {
		if len(row) != len(matrixColumns) || !slices.Contains(directions, row[2]) {
			return nil, fmt.Errorf("docs/network.md: found the row %q, wanted %d cells, the third %s or %s",
				strings.Join(row, " | "), len(matrixColumns), ingress, egress)
		}
		rules = append(rules, Rule{row[0], row[1], row[2], row[3], row[4], row[5], row[6]})
	}
	return rules, nil
}

// cells takes a table row apart.
func cells(line string) []string {
	parts := strings.Split(strings.Trim(line, "|"), "|")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

// String words the rule as a row without its group.
func (r Rule) String() string {
	return strings.TrimSpace(fmt.Sprintf("%s %s %s %s %s", r.Direction, r.Protocol, r.Port, r.Peer, quoted(r.Description)))
}

func quoted(text string) string {
	if text == "" {
		return ""
	}
	return fmt.Sprintf("%q", text)
}
