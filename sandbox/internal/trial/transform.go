package trial

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
)

// completed wants the clusters of exported states to have what pulumi-eks has no argument
// for and the program sets by a transform: mocks run none, and the emulator forgets it.
func completed(exports ...string) error {
	var problems []error
	for _, path := range exports {
		if err := completedIn(path); err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", path, err))
		}
	}
	return errors.Join(problems...)
}

func completedIn(path string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var state struct {
		Deployment struct {
			Resources []struct {
				Type   string
				Inputs struct {
					BootstrapSelfManagedAddons *bool
					UpgradePolicy              struct{ SupportType string }
				}
			}
		}
	}
	if err := json.Unmarshal(raw, &state); err != nil {
		return err
	}
	for _, r := range state.Deployment.Resources {
		if r.Type != "aws:eks/cluster:Cluster" {
			continue
		}
		if bootstrap := r.Inputs.BootstrapSelfManagedAddons; bootstrap == nil || *bootstrap {
			return errors.New("bootstrapSelfManagedAddons: EKS would install add-ons that nobody manages: wanted false")
		}
		if support := r.Inputs.UpgradePolicy.SupportType; support != "STANDARD" {
			return fmt.Errorf("upgradePolicy: found %q, wanted STANDARD: extended support is paid for", support)
		}
		return nil
	}
	return errors.New("found no EKS cluster, wanted one")
}
