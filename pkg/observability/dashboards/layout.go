package dashboards

// columns is the width of every dashboard.
const columns = 24

// tile is a widget that has no place yet.
type tile struct {
	kind          string
	width, height int
	properties    any
}

// section is a part of a dashboard; it begins with its title, on a row of its own.
type section struct {
	title string
	tiles []tile
}

// titleHeight is enough for one line.
const titleHeight = 1

// arrange gives each widget its place: from left to right, and on to the next row where
// one does not fit. A row is as high as the highest widget in it. A section without
// widgets has no title.
func arrange(sections []section) []widget {
	placed, y := []widget{}, 0
	for _, s := range sections {
		if len(s.tiles) == 0 {
			continue
		}
		title := tile{textType, columns, titleHeight, text{"## " + s.title}}
		x, height := 0, 0
		for _, t := range append([]tile{title}, s.tiles...) {
			width := min(t.width, columns)
			if x+width > columns {
				x, y, height = 0, y+height, 0
			}
			placed = append(placed, widget{Type: t.kind, X: x, Y: y, Width: width, Height: t.height, Properties: t.properties})
			x, height = x+width, max(height, t.height)
		}
		y += height
	}
	return placed
}
