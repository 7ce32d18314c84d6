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
		placed := arrange(pagesOf(t))
		for i, w := range placed {
			if w.X < 0 || w.Y < 0 || w.Width < 1 || w.Height < 1 || w.X+w.Width > columns {
				t.Fatalf("widget %d: %+v is outside of the grid", i, w)
			}
			for j, other := range placed[:i] {
				beside := w.X >= other.X+other.Width || other.X >= w.X+w.Width
				below := w.Y >= other.Y+other.Height || other.Y >= w.Y+w.Height
				if !beside && !below {
					t.Fatalf("widget %d: %+v is over widget %d: %+v", i, w, j, other)
				}
			}
		}
	})
}

func TestEveryWidgetHasAPlaceAndEverySectionATitle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sections, wanted := pagesOf(t), 0
		for _, s := range sections {
			if len(s.tiles) > 0 {
				wanted += 1 + len(s.tiles)
			}
		}
		if placed := arrange(sections); len(placed) != wanted {
			t.Fatalf("%d widgets, wanted %d", len(placed), wanted)
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
