// Package workflows holds the rules of .github/workflows and .github/actions, which no
// compiler knows, and runs their scripts against stand-ins of the commands that they call.
package workflows
