package data

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

// Parameter is one thing that applications must know of a store. It is published as
// /<environment>/<store>/<name>.
type Parameter struct {
	// Store is the store's name, "postgresql"; Name what the value is, "endpoint".
	Store, Name string
	// Description says what the value is for, in a sentence.
	Description string
	// Value is never a credential: where there is one, AWS keeps it, and this is its ARN.
	Value pulumi.StringInput
	// Sensitive makes a SecureString of it, under the key of the parameters.
	Sensitive bool
}
