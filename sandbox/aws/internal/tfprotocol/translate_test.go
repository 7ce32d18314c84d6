package tfprotocol

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/vendored/tfplugin5"
	"pgregory.net/rapid"
)

// roundTrip sends a generated message of type M to the wire type W and back.
func roundTrip[M, W any](t *rapid.T) {
	message := new(M)
	fillStruct(t, reflect.ValueOf(message).Elem(), reflect.TypeFor[W](), 3)
	wire, err := translate[W](message)
	if err != nil {
		t.Fatalf("to the wire: %v", err)
	}
	back, err := translate[M](wire)
	if err != nil {
		t.Fatalf("from the wire: %v", err)
	}
	if diff := cmp.Diff(message, back, sameType, samePath); diff != "" {
		t.Fatalf("round trip of %T lost something (-sent +came):\n%s", message, diff)
	}
}

// Types and paths know themselves when they are the same.
var (
	sameType = cmp.Comparer(func(a, b tftypes.Type) bool { return a == nil && b == nil || a != nil && a.Equal(b) })
	samePath = cmp.Comparer(func(a, b *tftypes.AttributePath) bool { return a.Equal(b) })
)

func TestEveryMessageSurvivesTheRoundTrip(t *testing.T) {
	t.Parallel()
	trips := map[string]func(*rapid.T){
		"metadata":        roundTrip[tfprotov6.GetMetadataResponse, tfplugin5.GetMetadata_Response],
		"schema":          roundTrip[tfprotov6.GetProviderSchemaResponse, tfplugin5.GetProviderSchema_Response],
		"validate config": roundTrip[tfprotov6.ValidateProviderConfigRequest, tfplugin5.PrepareProviderConfig_Request],
		"validated":       roundTrip[tfprotov6.ValidateProviderConfigResponse, tfplugin5.PrepareProviderConfig_Response],
		"configure":       roundTrip[tfprotov6.ConfigureProviderRequest, tfplugin5.Configure_Request],
		"validate":        roundTrip[tfprotov6.ValidateResourceConfigRequest, tfplugin5.ValidateResourceTypeConfig_Request],
		"upgrade":         roundTrip[tfprotov6.UpgradeResourceStateRequest, tfplugin5.UpgradeResourceState_Request],
		"upgraded":        roundTrip[tfprotov6.UpgradeResourceStateResponse, tfplugin5.UpgradeResourceState_Response],
		"read":            roundTrip[tfprotov6.ReadResourceRequest, tfplugin5.ReadResource_Request],
		"was read":        roundTrip[tfprotov6.ReadResourceResponse, tfplugin5.ReadResource_Response],
		"plan":            roundTrip[tfprotov6.PlanResourceChangeRequest, tfplugin5.PlanResourceChange_Request],
		"planned":         roundTrip[tfprotov6.PlanResourceChangeResponse, tfplugin5.PlanResourceChange_Response],
		"apply":           roundTrip[tfprotov6.ApplyResourceChangeRequest, tfplugin5.ApplyResourceChange_Request],
		"applied":         roundTrip[tfprotov6.ApplyResourceChangeResponse, tfplugin5.ApplyResourceChange_Response],
		"import":          roundTrip[tfprotov6.ImportResourceStateRequest, tfplugin5.ImportResourceState_Request],
		"imported":        roundTrip[tfprotov6.ImportResourceStateResponse, tfplugin5.ImportResourceState_Response],
		"move":            roundTrip[tfprotov6.MoveResourceStateRequest, tfplugin5.MoveResourceState_Request],
		"moved":           roundTrip[tfprotov6.MoveResourceStateResponse, tfplugin5.MoveResourceState_Response],
		"read data":       roundTrip[tfprotov6.ReadDataSourceRequest, tfplugin5.ReadDataSource_Request],
		"call function":   roundTrip[tfprotov6.CallFunctionResponse, tfplugin5.CallFunction_Response],
		"functions":       roundTrip[tfprotov6.GetFunctionsResponse, tfplugin5.GetFunctions_Response],
		"stopped":         roundTrip[tfprotov6.StopProviderResponse, tfplugin5.Stop_Response],
	}
	for name, trip := range trips {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, trip)
		})
	}
}

// TestFieldsWithoutPartner holds the fields that protocol 5 does not carry: a new one
// after an upgrade must be looked at before it is lost in silence.
func TestFieldsWithoutPartner(t *testing.T) {
	t.Parallel()
	want := []string{
		"ApplyResourceChangeRequest.PlannedIdentity", "ApplyResourceChangeResponse.NewIdentity",
		"PlanResourceChangeRequest.ClientCapabilities", "PlanResourceChangeRequest.PriorIdentity",
		"PlanResourceChangeResponse.Deferred", "PlanResourceChangeResponse.PlannedIdentity",
		"ReadResourceRequest.ClientCapabilities", "ReadResourceRequest.CurrentIdentity",
		"ReadResourceResponse.Deferred", "ReadResourceResponse.NewIdentity",
		"SchemaAttribute.NestedType", "SchemaAttribute.WriteOnly",
		"ValidateResourceConfigRequest.ClientCapabilities",
	}
	var got []string
	for _, one := range []pair{
		{reflect.TypeFor[tfplugin5.ApplyResourceChange_Request](), reflect.TypeFor[tfprotov6.ApplyResourceChangeRequest]()},
		{reflect.TypeFor[tfplugin5.ApplyResourceChange_Response](), reflect.TypeFor[tfprotov6.ApplyResourceChangeResponse]()},
		{reflect.TypeFor[tfplugin5.PlanResourceChange_Request](), reflect.TypeFor[tfprotov6.PlanResourceChangeRequest]()},
		{reflect.TypeFor[tfplugin5.PlanResourceChange_Response](), reflect.TypeFor[tfprotov6.PlanResourceChangeResponse]()},
		{reflect.TypeFor[tfplugin5.ReadResource_Request](), reflect.TypeFor[tfprotov6.ReadResourceRequest]()},
		{reflect.TypeFor[tfplugin5.ReadResource_Response](), reflect.TypeFor[tfprotov6.ReadResourceResponse]()},
		{reflect.TypeFor[tfplugin5.ValidateResourceTypeConfig_Request](), reflect.TypeFor[tfprotov6.ValidateResourceConfigRequest]()},
		{reflect.TypeFor[tfplugin5.Schema_Attribute](), reflect.TypeFor[tfprotov6.SchemaAttribute]()},
		{reflect.TypeFor[tfplugin5.Schema_Block](), reflect.TypeFor[tfprotov6.SchemaBlock]()},
		{reflect.TypeFor[tfplugin5.Diagnostic](), reflect.TypeFor[tfprotov6.Diagnostic]()},
	} {
		got = append(got, alone(one.src, one.dst)...)
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("fields that the wire does not carry:\n got %s\nwant %s", strings.Join(got, " "), strings.Join(want, " "))
	}
}

// alone lists the exported fields of a type that another has no partner for.
func alone(of, with reflect.Type) []string {
	paired := map[int]bool{}
	for _, common := range matched(of, with) {
		paired[common.to] = true
	}
	var names []string
	for i := range of.NumField() {
		if of.Field(i).IsExported() && !paired[i] {
			names = append(names, of.Name()+"."+of.Field(i).Name)
		}
	}
	return names
}

func TestMissingCollectionsBecomeEmpty(t *testing.T) {
	t.Parallel()
	got, err := translate[tfprotov6.GetProviderSchemaResponse](&tfplugin5.GetProviderSchema_Response{})
	if err != nil {
		t.Fatal(err)
	}
	if got.ResourceSchemas == nil || got.Diagnostics == nil {
		t.Errorf("want an empty map and an empty list, got %#v and %#v", got.ResourceSchemas, got.Diagnostics)
	}
}

func TestEmptyBytesStayMissing(t *testing.T) {
	t.Parallel()
	got, err := translate[tfprotov6.DynamicValue](&tfplugin5.DynamicValue{Msgpack: []byte{0xc0}, Json: []byte{}})
	if err != nil {
		t.Fatal(err)
	}
	if got.JSON != nil {
		t.Errorf("JSON = %q; a value is read as JSON when it is not nil, so it must be", got.JSON)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	var none *tfplugin5.DynamicValue
	if _, err := translate[tfprotov6.DynamicValue](none); err == nil {
		t.Error("a missing message was translated")
	}
	broken := &tfplugin5.Schema_Attribute{Name: "x", Type: []byte(`"no such type"`)}
	if _, err := translate[tfprotov6.SchemaAttribute](broken); err == nil || !strings.Contains(err.Error(), "no such type") {
		t.Errorf("error of a broken type = %v, want one that quotes it", err)
	}
	path := &tfplugin5.AttributePath{Steps: []*tfplugin5.AttributePath_Step{{}}}
	if _, err := translate[tfprotov6.Diagnostic](&tfplugin5.Diagnostic{Attribute: path}); err == nil {
		t.Error("a path step without a selector was translated")
	}
	byValue := tftypes.NewAttributePath().WithElementKeyValue(tftypes.NewValue(tftypes.String, "x"))
	if _, err := translate[tfplugin5.Diagnostic](&tfprotov6.Diagnostic{Attribute: byValue}); err == nil {
		t.Error("a path step by value was translated; protocol 5 cannot carry it")
	}
	if _, err := translate[tfprotov6.Schema](&tfplugin5.Diagnostic{Summary: "x"}); err != nil {
		t.Errorf("messages without a common field: %v", err)
	}
}
