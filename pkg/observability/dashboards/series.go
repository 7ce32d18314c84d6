package dashboards

import "encoding/json"

// dimension names one thing that a metric is of.
type dimension struct{ name, value string }

// series is a line of a chart: a metric, or an expression.
type series struct {
	namespace, name string
	dimensions      []dimension
	expression      string // in place of the metric, of which it may be a query
	render          render
}

// render says how a series is drawn.
type render struct {
	Expression string `json:"expression,omitempty"`
	ID         string `json:"id,omitempty"`
	Label      string `json:"label,omitempty"`
	Stat       string `json:"stat,omitempty"`
	Color      string `json:"color,omitempty"`
	Visible    *bool  `json:"visible,omitempty"`
}

// metric is a series of a metric of one thing or of several.
func metric(namespace, name string, dimensions ...dimension) series {
	return series{namespace: namespace, name: name, dimensions: dimensions}
}

// formula is a series of an expression over the IDs of others.
func formula(expression, label string) series {
	return series{expression: expression, render: render{Label: label}}
}

// labeled, as, colored and hidden change how a series is drawn.
func (s series) labeled(label string) series { s.render.Label = label; return s }
func (s series) as(stat string) series       { s.render.Stat = stat; return s }
func (s series) colored(color string) series { s.render.Color = color; return s }

// hidden names a series for expressions alone.
func (s series) hidden(id string) series {
	no := false
	s.render.ID, s.render.Visible = id, &no
	return s
}

// MarshalJSON writes a series as a list: the metric's names and values, then how it is
// drawn; an expression is all in the latter.
func (s series) MarshalJSON() ([]byte, error) {
	if s.expression != "" {
		drawn := s.render
		drawn.Expression = s.expression
		return json.Marshal([]any{drawn})
	}
	list := []any{s.namespace, s.name}
	for _, of := range s.dimensions {
		list = append(list, of.name, of.value)
	}
	if s.render != (render{}) {
		list = append(list, s.render)
	}
	return json.Marshal(list)
}
