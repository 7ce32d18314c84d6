package release_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/compute/color"
)

// fakeBoto3 answers with one list of lifecycle states a call, the last one for ever;
// ASKED counts the calls.
const fakeBoto3 = `import json, os
answers = json.loads(os.environ["ANSWERS"])
class Client:
    asked = 0
    def describe_auto_scaling_groups(self, AutoScalingGroupNames):
        assert AutoScalingGroupNames == ["production-green"]
        states = answers[min(Client.asked, len(answers) - 1)]
        Client.asked += 1
        return {"AutoScalingGroups": [{"DesiredCapacity": 2, "Instances": [{"LifecycleState": s} for s in states]}]}
def client(name):
    assert name == "autoscaling"
    return Client()
`

func TestTheScriptWaitsForEveryInstance(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not installed")
	}
	inputs := runbook(t, args(), color.Green).at(t, "WaitInService").Inputs
	assert.Equal(t, map[string]any{"group": "production-green"}, inputs["InputPayload"])
	folder := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600))
	}
	write("boto3.py", fakeBoto3)
	write("main.py", "import time\ntime.sleep = lambda seconds: None\n"+inputs["Script"].(string)+
		"\nprint("+inputs["Handler"].(string)+"({'group': 'production-green'}, None), boto3.Client.asked)\n")

	cases := map[string]struct{ answers, want, failure string }{
		"there at once":          {`[["InService","InService"]]`, "{'inService': 2} 1", ""},
		"CodeDeploy holds one":   {`[["InService","Pending:Wait"],["InService","InService"]]`, "{'inService': 2} 2", ""},
		"launched a while later": {`[[],["Pending"],["InService"],["InService","InService"]]`, "{'inService': 2} 4", ""},
		"one leaves":             {`[["InService","Terminating"]]`, "", "1 of 2 instances in service"},
		"none ever comes":        {`[[]]`, "", "0 of 2 instances in service"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command(python, "main.py")
			cmd.Dir, cmd.Env = folder, append(os.Environ(), "ANSWERS="+tc.answers)
			out, err := cmd.CombinedOutput()
			assert.Equal(t, tc.failure == "", err == nil, string(out))
			assert.Contains(t, string(out), tc.want+tc.failure)
		})
	}
}
