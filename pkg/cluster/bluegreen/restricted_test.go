package bluegreen_test

import (
	"fmt"
	"slices"
)

type object = map[string]any

// violations are what the Pod Security Standard restricted refuses of a pod
// (Kubernetes, "Pod Security Standards"), and what the platform adds to it.
func violations(pod object) []string {
	var found []string
	refuse := func(yes bool, what string) {
		if yes {
			found = append(found, what)
		}
	}
	for _, host := range []string{"hostNetwork", "hostPID", "hostIPC"} {
		refuse(pod[host] == true, host)
	}
	for _, volume := range list(pod["volumes"]) {
		for kind := range volume.(object) {
			refuse(!slices.Contains([]string{"name", "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"}, kind), "volume "+kind)
		}
	}
	whole, _ := pod["securityContext"].(object)
	refuse(pod["automountServiceAccountToken"] != false, "a token of the Kubernetes API")
	for _, entry := range slices.Concat(list(pod["containers"]), list(pod["initContainers"]), list(pod["ephemeralContainers"])) {
		container := entry.(object)
		own, _ := container["securityContext"].(object)
		either := func(field string) any {
			if value, set := own[field]; set {
				return value
			}
			return whole[field]
		}
		refuse(own["privileged"] == true, "privileged")
		refuse(own["allowPrivilegeEscalation"] != false, "allowPrivilegeEscalation")
		refuse(own["readOnlyRootFilesystem"] != true, "readOnlyRootFilesystem")
		refuse(either("runAsNonRoot") != true, "runAsNonRoot")
		refuse(either("runAsUser") == nil || either("runAsUser") == 0.0, "runAsUser")
		profile, _ := either("seccompProfile").(object)
		refuse(!slices.Contains([]any{"RuntimeDefault", "Localhost"}, profile["type"]), "seccompProfile")
		capabilities, _ := own["capabilities"].(object)
		refuse(!slices.Contains(list(capabilities["drop"]), any("ALL")), "capabilities.drop")
		for _, added := range list(capabilities["add"]) {
			refuse(added != "NET_BIND_SERVICE", fmt.Sprint("capabilities.add ", added))
		}
		for _, port := range list(container["ports"]) {
			refuse(port.(object)["hostPort"] != nil, "hostPort")
		}
	}
	return found
}

func list(value any) []any {
	of, _ := value.([]any)
	return of
}
