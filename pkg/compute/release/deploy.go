package release

import (
	"slices"

	"aws-platform/pkg/automation"
)

// How long the steps before the shift may take, in seconds.
const (
	scriptSeconds  = 600  // the longest that Automation lets a script run
	deploySeconds  = 3600 // CodeDeploy gives the agent of an instance as long to answer
	settledSeconds = 600
)

// waitInService waits until a group has as many instances in service as it wants.
// No action can count, and this must be counted: CodeDeploy's lifecycle hook holds
// a new instance in Pending:Wait until the last revision of the color is on it, and
// a deployment that starts meanwhile would pass that instance by (AWS CodeDeploy
// User Guide, "Scale-out events during a deployment").
const waitInService = `import time
import boto3


def wait(events, context):
    client = boto3.client("autoscaling")
    for _ in range(38):
        group = client.describe_auto_scaling_groups(AutoScalingGroupNames=[events["group"]])["AutoScalingGroups"][0]
        serving = [i for i in group["Instances"] if i["LifecycleState"] == "InService"]
        if len(serving) >= group["DesiredCapacity"]:
            return {"inService": len(serving)}
        time.sleep(15)
    raise TimeoutError("%d of %d instances in service" % (len(serving), group["DesiredCapacity"]))
`

// examine refuses what must not be released, before anything is changed: a color
// that is live, a fleet that another release is using, a live fleet that the
// night has stopped, and a revision that is not the one that was built.
func (r runbook) examine() []automation.Step {
	size := func(name string, f fleet) automation.Step {
		s := automation.Call(name, "autoscaling", "DescribeAutoScalingGroups", groups(f))
		s.Outputs = []automation.Output{
			{Name: "MinSize", Selector: "$.AutoScalingGroups[0].MinSize", Type: "Integer"},
			{Name: "DesiredCapacity", Selector: "$.AutoScalingGroups[0].DesiredCapacity", Type: "Integer"},
		}
		return s
	}
	return automation.Otherwise(stepUnlock,
		automation.Assert("IsIdle", "elbv2", "DescribeListeners", listeners(r.estate.TestListener), idleListener, r.next().PublicTargets),
		size("IdleSize", r.next()),
		size("LiveSize", r.old()),
		automation.Branch("IsReady", stepVerify, stepUnlock,
			map[string]any{"Variable": "{{ IdleSize.DesiredCapacity }}", "NumericEquals": 0},
			map[string]any{"Variable": "{{ LiveSize.DesiredCapacity }}", "NumericGreater": 0},
		),
		automation.Assert(stepVerify, "s3", "GetObjectAttributes", map[string]any{
			"Bucket": r.estate.Bucket, "Key": "{{ RevisionKey }}", "VersionId": "{{ RevisionVersion }}",
			"ObjectAttributes": []string{"Checksum"},
		}, "$.Checksum.ChecksumSHA256", "{{ RevisionSha256 }}"),
	)
}

// deploy fills the idle fleet with instances of the newest launch template and
// deploys that very version of the revision to it. Its size is held meanwhile: an
// idle fleet would be scaled in.
func (r runbook) deploy() []automation.Step {
	held := r.processes("HoldSize", "SuspendProcesses", r.next())
	inService := automation.Step{
		Name: "WaitInService", Action: automation.ActionScript, TimeoutSeconds: scriptSeconds, MaxAttempts: automation.Attempts, IsCritical: true,
		Inputs: map[string]any{
			"Runtime": "python3.11", "Handler": "wait", "Script": waitInService,
			"InputPayload": map[string]any{"group": r.next().Group},
		},
	}
	deployment := map[string]any{"deploymentId": "{{ Deploy.DeploymentId }}"}
	deployed := automation.Wait("WaitDeployed", "codedeploy", "GetDeployment", deployment, "$.deploymentInfo.status", "Succeeded", "Failed", "Stopped")
	deployed.TimeoutSeconds = deploySeconds
	up := r.resize("ScaleUp", r.next(), "{{ LiveSize.MinSize }}", "{{ LiveSize.DesiredCapacity }}")
	up.Inputs["MixedInstancesPolicy"] = r.launch()
	return slices.Concat(automation.Otherwise(stepDown,
		held,
		up,
		inService,
		r.create(),
	), automation.Otherwise(stepStop,
		deployed,
		automation.Assert("AssertDeployed", "codedeploy", "GetDeployment", deployment, "$.deploymentInfo.status", "Succeeded"),
	), automation.Otherwise(stepDown,
		deployedTo(deployment),
		automation.Branch("IsComplete", stepSettled, stepDown,
			map[string]any{"Variable": "{{ Deployed.Succeeded }}", "NumericGreater": 0},
			map[string]any{"Variable": "{{ Deployed.Failed }}", "NumericEquals": 0},
			map[string]any{"Variable": "{{ Deployed.Skipped }}", "NumericEquals": 0},
		),
		r.settled(),
	))
}

// stop ends a deployment that may be under way, so that CodeDeploy does not work on
// instances that ScaleDown takes away. One that is over already cannot be stopped.
func (r runbook) stop() automation.Step {
	stopped := automation.Call(stepStop, "codedeploy", "StopDeployment", map[string]any{
		"deploymentId": "{{ Deploy.DeploymentId }}", "autoRollbackEnabled": false,
	})
	stopped.IsCritical, stopped.OnFailure = false, "step:"+stepDown
	return stopped
}

// deployedTo counts the instances: a deployment to all at once is called a success
// where one of them has the revision (AWS CodeDeploy User Guide, "Working with
// deployment configurations").
func deployedTo(deployment map[string]any) automation.Step {
	s := automation.Call("Deployed", "codedeploy", "GetDeployment", deployment)
	for _, count := range []string{"Succeeded", "Failed", "Skipped"} {
		s.Outputs = append(s.Outputs, automation.Output{
			Name: count, Selector: "$.deploymentInfo.deploymentOverview." + count, Type: "Integer",
		})
	}
	return s
}

// create starts the deployment. It is not tried again: a second attempt would
// meet the first one's deployment. A failure is the runbook's to handle: CodeDeploy
// would deploy the last revision to a fleet that goes to zero.
func (r runbook) create() automation.Step {
	s := automation.Call("Deploy", "codedeploy", "CreateDeployment", map[string]any{
		"applicationName":           r.estate.Application,
		"deploymentGroupName":       r.next().DeploymentGroup,
		"description":               "{{ automation:EXECUTION_ID }}",
		"fileExistsBehavior":        "OVERWRITE", // the placeholder's files are there before the first revision
		"autoRollbackConfiguration": map[string]any{"enabled": false},
		"revision": map[string]any{
			"revisionType": "S3",
			"s3Location": map[string]any{
				"bucket": r.estate.Bucket, "key": "{{ RevisionKey }}", "version": "{{ RevisionVersion }}", "bundleType": "zip",
			},
		},
	})
	s.MaxAttempts = 0
	s.Outputs = []automation.Output{{Name: "DeploymentId", Selector: "$.deploymentId", Type: "String"}}
	return s
}

// settled waits until the color's alarm is quiet, and so proves that the alarm is
// there and may be read before anything depends on it.
func (r runbook) settled() automation.Step {
	s := automation.Wait(stepSettled, "cloudwatch", "DescribeAlarms", r.alarm(), alarmState, "OK", "INSUFFICIENT_DATA")
	s.TimeoutSeconds = settledSeconds
	return s
}

// approve waits for one of the approvers. Denied, or nobody in time: nothing goes live.
// That the time-out goes to ScaleDown is not certain: see doc.go.
func (r runbook) approve() []automation.Step {
	approvers := r.args.Config.ApproverRoleARNs
	if len(approvers) == 0 {
		return nil
	}
	return automation.Otherwise(stepDown, automation.Step{
		Name: "Approve", Action: automation.ActionPause, TimeoutSeconds: r.args.Config.ApprovalMinutes * 60, IsCritical: true,
		Inputs: map[string]any{
			"Approvers":            approvers,
			"MinRequiredApprovals": 1,
			"Message": "{{ RevisionKey }} is on the " + string(r.to) + " fleet of " + r.args.Environment +
				" and answers on the test listener. Approve to make it live.",
		},
	})
}
