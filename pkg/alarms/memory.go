package alarms

import (
	"strconv"
	"strings"
)

// largeGiB is the memory in GiB of the size large of a family's letters; other sizes have
// a multiple of it, and so have those families of the table of which there is no large one
// (Amazon RDS User Guide, "Hardware specifications for DB instance classes").
var largeGiB = map[string]float64{"t": 8, "m": 8, "r": 16, "x": 32, "xiedn": 64}

// ofLarge is how much each size has of large.
var ofLarge = map[string]float64{"micro": 1.0 / 8, "small": 1.0 / 4, "medium": 1.0 / 2, "large": 1, "xlarge": 2}

// MemoryBytes is the memory of an RDS instance class ("db.t3.micro"); false for a class
// that is not known.
func MemoryBytes(class string) (bytes float64, known bool) {
	name, isDatabase := strings.CutPrefix(class, "db.")
	family, size, _ := strings.Cut(name, ".")
	large, knownFamily := largeGiB[letters(family)]
	multiple, knownSize := ofLarge[size]
	if times, isMultiple := strings.CutSuffix(size, "xlarge"); isMultiple && times != "" {
		number, err := strconv.Atoi(times)
		multiple, knownSize = 2*float64(number), err == nil
	}
	if !isDatabase || !knownFamily || !knownSize {
		return 0, false
	}
	return large * multiple * Gibibyte, true
}

// letters of a family say its memory: m6gd and m7i both have that of m. Those after the
// generation say processor, disk and network; but iedn is twice the memory of g.
func letters(family string) string {
	base := strings.TrimRight(family, "abcdefghijklmnopqrstuvwxyz")
	generation := strings.TrimLeft(base, "abcdefghijklmnopqrstuvwxyz")
	first := strings.TrimSuffix(base, generation)
	if first == "x" && strings.HasSuffix(family, "iedn") {
		return first + "iedn"
	}
	return first
}
