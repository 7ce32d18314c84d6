// Package digests is the rule that images are named by their digest, as the API server
// judges it: in namespaces with its label, whoever comes with the image. It is pure.
package digests

import "strings"

// Label is on namespaces in which every image must be named by its digest; its value is
// Required.
const (
	Label    = "platform/images"
	Required = "by-digest"
)

// Message is what the API server says of another image.
const Message = "an image is not named by its digest: write registry/repository@sha256:<64 hex digits>"

// Expression is the rule in CEL. pod is where the pod or its template is in a request:
// "object", "object.spec.template". A request without a template is refused.
func Expression(pod string) string {
	var all []string
	if pod != "object" {
		all = append(all, "has("+pod+")")
	}
	for _, list := range []string{"containers", "initContainers", "ephemeralContainers"} {
		at := pod + ".spec." + list
		all = append(all, "(!has("+at+") || "+at+".all(c, has(c.image) && c.image.matches('@sha256:[0-9a-f]{64}$')))")
	}
	return strings.Join(all, " && ")
}
