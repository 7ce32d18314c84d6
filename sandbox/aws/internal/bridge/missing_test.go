package bridge_test

import "fmt"

// missing lists what is in given and not, or in another form, in found. Elements of a set
// may come back in another order.
func missing(given, found any, path string) []string {
	switch g := given.(type) {
	case values:
		object, ok := found.(values)
		if !ok {
			return []string{fmt.Sprintf("%s: %T, want an object", path, found)}
		}
		var all []string
		for name, value := range g {
			all = append(all, missing(value, object[name], path+"."+name)...)
		}
		return all
	case []any:
		return missingElements(g, found, path)
	case int:
		given = float64(g)
	}
	if given != found {
		return []string{fmt.Sprintf("%s: %v, want %v", path, found, given)}
	}
	return nil
}

func missingElements(given []any, found any, path string) []string {
	list, ok := found.([]any)
	if !ok || len(list) != len(given) {
		return []string{fmt.Sprintf("%s: %v, want a list of %d", path, found, len(given))}
	}
	var all []string
	for i, one := range given {
		nearest := missing(one, list[i], fmt.Sprintf("%s[%d]", path, i))
		for _, other := range list {
			if len(missing(one, other, path)) == 0 {
				nearest = nil
			}
		}
		all = append(all, nearest...)
	}
	return all
}
