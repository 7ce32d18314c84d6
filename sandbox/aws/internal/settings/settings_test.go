package settings_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"aws-platform/sandbox/aws/internal/faketf"
	"aws-platform/sandbox/aws/internal/invent"
	"aws-platform/sandbox/aws/internal/settings"
)

var (
	role   = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"role_arn": tftypes.String}}
	roles  = tftypes.List{ElementType: role}
	ids    = tftypes.Set{ElementType: tftypes.String}
	config = faketf.Schema(
		faketf.Attribute("region", tftypes.String), faketf.Attribute("max_retries", tftypes.Number),
		faketf.Attribute("s3_use_path_style", tftypes.Bool), faketf.Attribute("skip_metadata_api_check", tftypes.String),
		faketf.Attribute("skip_credentials_validation", tftypes.Bool),
		faketf.Attribute("http_proxy", tftypes.String), faketf.Attribute("https_proxy", tftypes.String),
		faketf.Attribute("allowed_account_ids", ids), faketf.Attribute("assume_role", roles))
)

// configure sends a configuration through and returns what the provider was given.
func configure(t *testing.T, given map[string]tftypes.Value) (map[string]tftypes.Value, invent.Place) {
	t.Helper()
	var sent *tfprotov6.DynamicValue
	server, err := settings.Wrap(t.Context(), faketf.Provider{
		Config: config,
		Configure: func(r *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
			sent = r.Config
			return &tfprotov6.ConfigureProviderResponse{}, nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	request := &tfprotov6.ConfigureProviderRequest{Config: faketf.Value(config, given)}
	if _, err := server.ConfigureProvider(t.Context(), request); err != nil {
		t.Fatal(err)
	}
	return faketf.Attributes(config, sent), server.Place()
}

func TestSettingsAreAdded(t *testing.T) {
	t.Parallel()
	got, _ := configure(t, map[string]tftypes.Value{"region": faketf.Text("us-east-1")})
	for name, want := range map[string]tftypes.Value{
		"region":                      faketf.Text("us-east-1"),
		"max_retries":                 tftypes.NewValue(tftypes.Number, 5),
		"s3_use_path_style":           tftypes.NewValue(tftypes.Bool, true),
		"skip_metadata_api_check":     faketf.Text("true"),
		"skip_credentials_validation": tftypes.NewValue(tftypes.Bool, nil),
	} {
		if !got[name].Equal(want) {
			t.Errorf("%s = %s, want %s", name, got[name], want)
		}
	}
}

func TestSettingsOfTheProgramStay(t *testing.T) {
	t.Parallel()
	given := map[string]tftypes.Value{
		"max_retries":             tftypes.NewValue(tftypes.Number, 7),
		"s3_use_path_style":       tftypes.NewValue(tftypes.Bool, false),
		"skip_metadata_api_check": faketf.Text("false"),
	}
	got, _ := configure(t, given)
	for name, want := range given {
		if !got[name].Equal(want) {
			t.Errorf("%s = %s, want the program's %s", name, got[name], want)
		}
	}
}

func TestTheEmulatorIsTheProxyWhereThereIsOne(t *testing.T) {
	const emulator = "http://127.0.0.1:1"
	for _, address := range []string{"", emulator} {
		t.Setenv("AWS_ENDPOINT_URL", address)
		want := tftypes.NewValue(tftypes.String, nil)
		if address != "" {
			want = faketf.Text(address)
		}
		got, _ := configure(t, nil)
		for _, name := range []string{"http_proxy", "https_proxy"} {
			if !got[name].Equal(want) {
				t.Errorf("endpoint %q: %s = %s, want %s", address, name, got[name], want)
			}
		}
	}
}

func TestPlace(t *testing.T) {
	assume := func(arns ...string) tftypes.Value {
		all := []tftypes.Value{}
		for _, arn := range arns {
			all = append(all, tftypes.NewValue(role, map[string]tftypes.Value{"role_arn": faketf.Text(arn)}))
		}
		return tftypes.NewValue(roles, all)
	}
	allow := func(accounts ...string) tftypes.Value {
		all := []tftypes.Value{}
		for _, account := range accounts {
			all = append(all, faketf.Text(account))
		}
		return tftypes.NewValue(ids, all)
	}
	region := faketf.Text("eu-west-1")
	t.Setenv("AWS_REGION", "ap-south-1")
	for name, c := range map[string]struct {
		given map[string]tftypes.Value
		want  invent.Place
	}{
		"role wins over allowed": {
			map[string]tftypes.Value{"region": region, "assume_role": assume("arn:aws:iam::1:role/a", "arn:aws:iam::2:role/b"), "allowed_account_ids": allow("3")},
			invent.Place{Account: "2", Region: "eu-west-1"},
		},
		"one allowed":       {map[string]tftypes.Value{"allowed_account_ids": allow("3")}, invent.Place{Account: "3", Region: "ap-south-1"}},
		"several allowed":   {map[string]tftypes.Value{"allowed_account_ids": allow("3", "4")}, invent.Place{Region: "ap-south-1"}},
		"nothing said":      {nil, invent.Place{Region: "ap-south-1"}},
		"role of no ARN":    {map[string]tftypes.Value{"assume_role": assume("b")}, invent.Place{Region: "ap-south-1"}},
		"role is not known": {map[string]tftypes.Value{"assume_role": faketf.Unknown(roles)}, invent.Place{Region: "ap-south-1"}},
	} {
		if _, got := configure(t, c.given); got != c.want {
			t.Errorf("%s: place = %+v, want %+v", name, got, c.want)
		}
	}
}
