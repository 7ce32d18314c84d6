package config

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var applicationRules = []rule{
	applicationName, applicationNameLength, applicationImage, applicationReplicas, applicationResources,
	applicationLoadBalancer, applicationPath, applicationPathOverlap, applicationPriority, applicationPriorityUnique,
	applicationProtocol, applicationHealth, applicationStores,
}

const applicationsPath = clusterPath + "applications"

// eachApplication calls a rule for every application, by name.
func eachApplication(env Environment, do func(path, name string, application Application)) {
	for _, name := range slices.Sorted(maps.Keys(env.Cluster.Applications)) {
		do(applicationsPath+"["+name+"].", name, env.Cluster.Applications[name])
	}
}

// namespaceName is a DNS label (RFC 1123), as namespaces are.
var namespaceName = regexp.MustCompile(`^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`)

// platformNamespaces are namespaces that are there already.
var platformNamespaces = regexp.MustCompile(`^(kube-.*|default|istio-.*|argo-rollouts|amazon-.*|aws-.*)$`)

func applicationName(env Environment, found *Problems) {
	eachApplication(env, func(path, name string, _ Application) {
		switch {
		case !namespaceName.MatchString(name):
			found.add(strings.TrimSuffix(path, "."), quoted(name), "is not the name of a namespace", "use lower-case letters, digits and hyphens, a letter first")
		case platformNamespaces.MatchString(name):
			found.add(strings.TrimSuffix(path, "."), quoted(name), "is a namespace of the platform", "choose another name")
		}
	})
}

// longestTargetGroup is how long the name of a target group may be (Elastic Load
// Balancing API Reference, CreateTargetGroup).
const longestTargetGroup = 32

func applicationNameLength(env Environment, found *Problems) {
	eachApplication(env, func(path, name string, _ Application) {
		if longest := env.Name + "-" + name + "-preview"; len(longest) > longestTargetGroup {
			found.add(strings.TrimSuffix(path, "."), quoted(name), fmt.Sprintf("makes the target group %s, of more than %d characters", longest, longestTargetGroup), "choose a shorter name")
		}
	})
}

// imagePattern is a container image by digest. What has neither a dot nor a port before
// its first slash is no registry: container runtimes take it for a repository of Docker Hub.
var imagePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*((\.[a-z0-9][a-z0-9-]*)+(:[0-9]+)?|:[0-9]+)(/[a-z0-9]([a-z0-9._-]*[a-z0-9])?)+@sha256:[0-9a-f]{64}$`)

// ImageByDigest tells whether an image is named by its digest, with its registry.
func ImageByDigest(image string) bool { return imagePattern.MatchString(image) }

func applicationImage(env Environment, found *Problems) {
	eachApplication(env, func(path, _ string, application Application) {
		const remedy = "write registry/repository@sha256:<64 hex digits>"
		switch image := application.Image; {
		case image == "":
			found.missing(path+"image", remedy)
		case !ImageByDigest(image):
			fact := "is not an image by its digest"
			if !strings.Contains(image, "@") {
				fact = "has no digest, so that what runs could change without a release"
			}
			found.add(path+"image", quoted(image), fact, remedy)
		}
	})
}

const mostReplicas = 100

func applicationReplicas(env Environment, found *Problems) {
	least := 1
	if env.Production() {
		least = 2
	}
	eachApplication(env, func(path, _ string, application Application) {
		between(path+"replicas", application.Replicas, least, mostReplicas, "is not a number of pods for "+env.Name, found)
	})
}

// What a node of the smallest usual size can hold.
const (
	leastCPUMillis, mostCPUMillis = 10, 16000
	leastMemoryMiB, mostMemoryMiB = 32, 65536
)

func applicationResources(env Environment, found *Problems) {
	eachApplication(env, func(path, _ string, application Application) {
		between(path+"cpuMillis", application.CPUMillis, leastCPUMillis, mostCPUMillis, "is not a share of a processor, in thousandths", found)
		between(path+"memoryMib", application.MemoryMiB, leastMemoryMiB, mostMemoryMiB, "is not an amount of memory", found)
	})
}

func applicationLoadBalancer(env Environment, found *Problems) {
	eachApplication(env, func(path, _ string, application Application) {
		if balancers := []string{InternalLoadBalancer, PublicLoadBalancer}; !slices.Contains(balancers, application.LoadBalancer) {
			found.add(path+"loadBalancer", quoted(application.LoadBalancer), "is not a load balancer", "set "+oneOf(balancers))
		}
	})
}

// pathPattern has no wildcard: what is below belongs to the application anyway.
var pathPattern = regexp.MustCompile(`^(/[A-Za-z0-9_.~-]+)+$`)

// longestRulePath is how long a condition's value may be, less the two characters that the
// rule adds (Application Load Balancers User Guide, "Condition types for listener rules").
const longestRulePath = 126

func applicationPath(env Environment, found *Problems) {
	eachApplication(env, func(path, _ string, application Application) {
		dots := func(segment string) bool { return segment == "." || segment == ".." }
		if !pathPattern.MatchString(application.Path) || len(application.Path) > longestRulePath || slices.ContainsFunc(strings.Split(application.Path, "/"), dots) {
			found.add(path+"path", quoted(application.Path), "is not a path of its own", "write it as in /web, without a wildcard or a slash at its end")
		}
	})
}

// applicationPathOverlap: of two rules the one with the lower priority would take all. The
// load balancers do not matter, for the previews of all applications share the test listener.
func applicationPathOverlap(env Environment, found *Problems) {
	eachApplication(env, func(path, name string, application Application) {
		eachApplication(env, func(otherPath, other string, o Application) {
			if other == name {
				return
			}
			if application.Path == o.Path && name > other || strings.HasPrefix(application.Path, o.Path+"/") {
				found.add(path+"path", quoted(application.Path), "is, or is below, that of "+otherPath+"path", "choose another")
			}
		})
	})
}

// mostPriority is Elastic Load Balancing's own (API Reference, CreateRule).
const mostPriority = 50000

func applicationPriority(env Environment, found *Problems) {
	eachApplication(env, func(path, _ string, application Application) {
		between(path+"priority", application.Priority, 1, mostPriority, "is not the priority of a listener rule", found)
	})
}

func applicationPriorityUnique(env Environment, found *Problems) {
	first := map[int]string{}
	eachApplication(env, func(path, _ string, application Application) {
		if other, taken := first[application.Priority]; taken && application.Priority > 0 {
			found.add(path+"priority", strconv.Itoa(application.Priority), "is that of "+other+" too, and both have a rule on the test listener", "choose another")
			return
		}
		first[application.Priority] = path + "priority"
	})
}

// applicationProtocol: PCI DSS 4.2.1 asks for encryption over open networks; in
// production the platform encrypts the way from the load balancer too.
func applicationProtocol(env Environment, found *Problems) {
	eachApplication(env, func(path, _ string, application Application) {
		switch {
		case application.Protocol != HTTPS && application.Protocol != HTTP:
			found.add(path+"protocol", quoted(application.Protocol), "is not a protocol of a target group", "set "+HTTPS+" or "+HTTP)
		case application.Protocol == HTTP && env.Production():
			found.add(path+"protocol", HTTP, "leaves the way from the load balancer to the pods in the clear", "remove the key, and let the application serve HTTPS; any certificate will do")
		}
	})
}

func applicationHealth(env Environment, found *Problems) {
	eachApplication(env, func(path, _ string, application Application) {
		if !strings.HasPrefix(application.HealthCheckPath, "/") || strings.ContainsAny(application.HealthCheckPath, " *?#") {
			found.add(path+"healthCheckPath", quoted(application.HealthCheckPath), "is not a path", "write it as in /healthz")
		}
	})
}

func applicationStores(env Environment, found *Problems) {
	enabled := []string{ParametersStore}
	for _, store := range env.Data.Ports() {
		if store.Enabled {
			enabled = append(enabled, store.Store)
		}
	}
	slices.Sort(enabled)
	eachApplication(env, func(path, _ string, application Application) {
		at := func(i int) string { return path + "stores[" + strconv.Itoa(i) + "]" }
		for i, store := range application.Stores {
			if !slices.Contains(enabled, store) {
				found.add(at(i), quoted(store), "is not a data store of "+env.Name, "name "+oneOf(enabled))
			}
		}
		noneTwice(application.Stores, at, found)
	})
}
