package dashboards

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// pagesOf draws sections with widgets of all sizes, wider than the grid too.
func pagesOf(t *rapid.T) []section {
	tiles := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) tile {
		return tile{kind: metricType, width: rapid.IntRange(1, 30).Draw(t, "width"), height: rapid.IntRange(1, 20).Draw(t, "height")}
	}), 0, 12)
	var sections []section
	for i := range rapid.IntRange(0, 6).Draw(t, "sections") {
		sections = append(sections, section{title: fmt.Sprint(i), tiles: tiles.Draw(t, "tiles")})
	}
	return sections
}

func TestNoWidgetIsOutsideOrOverAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sections := pagesOf(t)
		taken, wanted := map[[2]int]int{}, 0
		for _, s := range sections {
			if len(s.tiles) > 0 {
				wanted += 1 + len(s.tiles)
			}
		}
		placed := arrange(sections)
		if len(placed) != wanted {
			t.Fatalf("%d widgets, wanted %d", len(placed), wanted)
		}
		for i, w := range placed {
			if w.X < 0 || w.Y < 0 || w.Width < 1 || w.Height < 1 || w.X+w.Width > columns {
				t.Fatalf("widget %d: %+v is outside of the grid", i, w)
			}
			for x := w.X; x < w.X+w.Width; x++ {
				for y := w.Y; y < w.Y+w.Height; y++ {
					if other, busy := taken[[2]int{x, y}]; busy {
						t.Fatalf("widgets %d and %d are both at %d, %d", other, i, x, y)
					}
					taken[[2]int{x, y}] = i
				}
			}
		}
	})
}

func TestWidgetsAreReadInTheirOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := widget{Y: -1}
		for i, w := range arrange(pagesOf(t)) {
			if w.Y < before.Y || (w.Y == before.Y && w.X <= before.X) {
				t.Fatalf("widget %d: %+v comes after %+v", i, w, before)
			}
			if w.Type == textType && (w.X != 0 || w.Width != columns) {
				t.Fatalf("title %d: %+v has no row of its own", i, w)
			}
			before = w
		}
	})
}
