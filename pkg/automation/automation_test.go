package automation_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/automation"
)

func TestAChainGoesFromStepToStep(t *testing.T) {
	end := automation.Call("Third", "ssm", "DeleteParameter", nil)
	end.IsEnd = true
	steps := automation.Chain([]automation.Step{
		automation.Call("First", "ssm", "PutParameter", nil),
		automation.Branch("Second", "Third", "Fourth", map[string]any{"Variable": "{{ First.X }}", "NumericEquals": 0}),
		end,
		automation.Call("Fourth", "ssm", "DeleteParameter", nil),
	})
	var next []string
	for _, s := range steps {
		next = append(next, s.NextStep)
	}
	assert.Equal(t, []string{"Second", "", "", ""}, next, "a branch goes its own ways, the end nowhere, the last one has none behind it")
}

func TestABranchAsksOneThingOrSeveral(t *testing.T) {
	zero := map[string]any{"Variable": "{{ A.X }}", "NumericEquals": 0}
	choice := func(conditions ...map[string]any) any {
		return automation.Branch("B", "Yes", "No", conditions...).Inputs["Choices"].([]any)[0]
	}
	assert.Equal(t, map[string]any{"NextStep": "Yes", "Variable": "{{ A.X }}", "NumericEquals": 0}, choice(zero))
	assert.Equal(t, map[string]any{"NextStep": "Yes", "And": []map[string]any{zero, zero}}, choice(zero, zero))
}

func TestWhereAFailureGoes(t *testing.T) {
	one := automation.Otherwise("Unlock", automation.Call("A", "ssm", "PutParameter", nil))[0]
	assert.Equal(t, []string{"step:Unlock", "step:Unlock"}, []string{one.OnFailure, one.OnCancel})
	assert.Equal(t, "Abort", automation.Abort(automation.Call("A", "ssm", "PutParameter", nil))[0].OnFailure)
}

// A second attempt would meet the parameter of the first.
func TestTheLockIsTakenOnceOrNotAtAll(t *testing.T) {
	lock := automation.Lock("staging")[0]
	assert.Zero(t, lock.MaxAttempts)
	assert.Equal(t, "Abort", lock.OnFailure)
	assert.Equal(t, false, lock.Inputs["Overwrite"])
	assert.Equal(t, automation.LockParameter("staging"), lock.Inputs["Name"])
	free := automation.Unlock("staging", "Unlock")
	assert.Equal(t, lock.Inputs["Name"], free.Inputs["Name"])
	assert.False(t, free.IsCritical, "what was done is done")
}

func TestTheTextIsJSONAndNotEscaped(t *testing.T) {
	text, err := automation.Document{Description: "a < b", SchemaVersion: "0.3", Parameters: map[string]automation.Parameter{}}.Text()
	require.NoError(t, err)
	assert.Contains(t, text, "a < b")
	assert.True(t, json.Valid([]byte(text)))
}
