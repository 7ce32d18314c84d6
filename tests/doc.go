// Package tests holds what can only be said of the whole estate: the goldens of
// every stack, properties over all environments, and whether generated pages are stale.
package tests
