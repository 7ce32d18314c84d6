// Package color names the two sides of a blue/green deployment.
package color

// Color is one of the two fleets. Which one serves is data, not code: the weights
// of the listeners tell (decision 0008).
type Color string

// The fleets. Blue serves when an environment is new.
const (
	Blue  Color = "blue"
	Green Color = "green"
)

// Both are the fleets, in the order in which they are named.
func Both() []Color { return []Color{Blue, Green} }

// Other is the other fleet.
func (c Color) Other() Color {
	if c == Blue {
		return Green
	}
	return Blue
}
