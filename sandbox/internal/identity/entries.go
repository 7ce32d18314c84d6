package identity

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

const (
	entryType       = "aws:eks/accessEntry:AccessEntry"
	associationType = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation"
)

// entry is an access entry with its access policies.
type entry struct {
	listed   bool // an access policy without an entry lets nobody in
	user     string
	groups   []string
	policies []policy
}

// policy is an access policy of an entry.
type policy struct{ arn, scope string }

// entries reads a cluster's access entries from the state of its stack.
type entries struct {
	path, cluster string

	mu       sync.Mutex
	modified time.Time
	size     int64
	known    map[string]*entry // by the principal's ARN without path
}

func newEntries(stateDir, environment, cluster string) *entries {
	return &entries{path: filepath.Join(stateDir, ".pulumi", "stacks", "platform", environment+".json"), cluster: cluster}
}

// find returns the entry of a principal; nil when there is none.
func (e *entries) find(canonical string) (*entry, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	info, err := os.Stat(e.path)
	if err != nil {
		return nil, fmt.Errorf("access entries of %s: %w", e.cluster, err)
	}
	if e.known == nil || !info.ModTime().Equal(e.modified) || info.Size() != e.size {
		raw, err := os.ReadFile(e.path)
		if err != nil {
			return nil, err
		}
		known, err := readEntries(raw, e.cluster)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.path, err)
		}
		e.known, e.modified, e.size = known, info.ModTime(), info.Size()
	}
	if found := e.known[canonical]; found != nil && found.listed {
		return found, nil
	}
	return nil, nil
}

// resource is what is read of a resource in the state.
type resource struct {
	Type    string `json:"type"`
	Delete  bool   `json:"delete"`
	Outputs struct {
		ClusterName      string   `json:"clusterName"`
		PrincipalARN     string   `json:"principalArn"`
		KubernetesGroups []string `json:"kubernetesGroups"`
		UserName         string   `json:"userName"`
		PolicyARN        string   `json:"policyArn"`
		AccessScope      struct {
			Type string `json:"type"`
		} `json:"accessScope"`
	} `json:"outputs"`
}

// readEntries reads the checkpoint of a file backend.
func readEntries(raw []byte, cluster string) (map[string]*entry, error) {
	var file struct {
		Checkpoint struct {
			Latest struct {
				Resources []json.RawMessage `json:"resources"`
			} `json:"latest"`
		} `json:"checkpoint"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		return nil, err
	}
	known := map[string]*entry{}
	of := func(principal string) *entry {
		key := withoutPath(principal)
		if known[key] == nil {
			known[key] = &entry{}
		}
		return known[key]
	}
	for _, one := range file.Checkpoint.Latest.Resources {
		var kind struct{ Type string }
		if err := json.Unmarshal(one, &kind); err != nil {
			return nil, err
		}
		if kind.Type != entryType && kind.Type != associationType {
			continue
		}
		var r resource
		if err := json.Unmarshal(one, &r); err != nil {
			return nil, err
		}
		if r.Delete || r.Outputs.ClusterName != cluster || r.Outputs.PrincipalARN == "" {
			continue
		}
		at := of(r.Outputs.PrincipalARN)
		if r.Type == entryType {
			at.listed, at.groups, at.user = true, r.Outputs.KubernetesGroups, ownUser(r.Outputs.UserName)
		} else {
			at.policies = append(at.policies, policy{arn: r.Outputs.PolicyARN, scope: r.Outputs.AccessScope.Type})
		}
	}
	return known, nil
}

// ownUser leaves out the name that EKS, and the emulator's stand-in for it, gives
// to an entry without one.
func ownUser(name string) string {
	if strings.HasPrefix(name, "arn:") {
		return ""
	}
	return name
}
