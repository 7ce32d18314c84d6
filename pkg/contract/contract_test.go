package contract

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// outputs is a whole set of outputs, as a stack reference hands them over.
func outputs(t *testing.T) map[string]any {
	t.Helper()
	text, err := json.Marshal(Values{ContractVersion: Version, Environment: "dev", VPCID: "vpc-1", AppCIDRs: map[string]string{"us-east-1a": "10.0.64.0/19"}, PublicZoneNameServers: []string{}})
	require.NoError(t, err)
	var all map[string]any
	require.NoError(t, json.Unmarshal(text, &all))
	for name, value := range all {
		if value == nil {
			all[name] = map[string]any{}
		}
	}
	return all
}

func from(all map[string]any) func(string) (any, error) {
	return func(name string) (any, error) { return all[name], nil }
}

func TestProducerConsumerAndListNameTheSameOutputs(t *testing.T) {
	produced := slices.Sorted(maps.Keys(Outputs{}.Map()))
	assert.Equal(t, produced, slices.Sorted(slices.Values(names)))
	assert.Equal(t, produced, slices.Sorted(maps.Keys(outputs(t))))
	// Every field of Outputs is one output; the version is added to them.
	assert.Equal(t, len(produced), reflect.TypeFor[Outputs]().NumField()+1)
}

func TestRead(t *testing.T) {
	values, err := Read("dev", from(outputs(t)))
	require.NoError(t, err)
	assert.Equal(t, "vpc-1", values.VPCID)
	assert.Equal(t, "10.0.64.0/19", values.AppCIDRs["us-east-1a"])
}

func TestReadRefuses(t *testing.T) {
	republish := "run `pulumi up -s dev`"
	for name, test := range map[string]struct {
		change func(map[string]any)
		want   string
	}{
		"a stack that is not deployed": {func(all map[string]any) { clear(all) }, "it is not deployed"},
		"another version":              {func(all map[string]any) { all[ContractVersion] = 2.0 }, "found 2, wanted 1"},
		"no version":                   {func(all map[string]any) { delete(all, ContractVersion) }, "found <nil>, wanted 1"},
		"a missing output":             {func(all map[string]any) { delete(all, VPCID) }, "output vpcId: missing"},
		"a malformed output":           {func(all map[string]any) { all[AppCIDRs] = "10.0.64.0/19" }, "cannot unmarshal"},
	} {
		t.Run(name, func(t *testing.T) {
			all := outputs(t)
			test.change(all)
			_, err := Read("dev", from(all))
			require.ErrorContains(t, err, test.want)
			assert.ErrorContains(t, err, republish)
		})
	}
	all := outputs(t)
	all[ContractVersion] = 2.0
	_, err := Read("dev", from(all))
	assert.ErrorIs(t, err, ErrVersion)
}
