package waits_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"aws-platform/sandbox/aws/internal/waits"
)

// provider remembers the private state that it was handed.
type provider struct {
	tfprotov6.ProviderServer
	private []byte
}

func (p *provider) ApplyResourceChange(
	_ context.Context, request *tfprotov6.ApplyResourceChangeRequest,
) (*tfprotov6.ApplyResourceChangeResponse, error) {
	p.private = request.PlannedPrivate
	return &tfprotov6.ApplyResourceChangeResponse{}, nil
}

const key = "e2bfb730-ecaa-11e6-8f88-34363bc7c4c0"

func TestTimeoutsOfListedTypesAreShortened(t *testing.T) {
	table := []waits.Wait{{Terraform: "aws_slow", Timeout: 15 * time.Second, Reason: "test"}}
	for name, private := range map[string]string{
		"none yet": "", "other timeouts": `{"schema_version":"1","` + key + `":{"create":3600000000000}}`,
	} {
		t.Run(name, func(t *testing.T) {
			inner := &provider{}
			_, err := waits.Wrap(inner, table).ApplyResourceChange(context.Background(),
				&tfprotov6.ApplyResourceChangeRequest{TypeName: "aws_slow", PlannedPrivate: []byte(private)})
			if err != nil {
				t.Fatal(err)
			}
			var got map[string]any
			if err := json.Unmarshal(inner.private, &got); err != nil {
				t.Fatal(err)
			}
			for _, deed := range []string{"create", "update", "delete"} {
				if timeout := got[key].(map[string]any)[deed]; timeout != float64(15*time.Second) {
					t.Errorf("%s: timeout %v", deed, timeout)
				}
			}
			if private != "" && got["schema_version"] != "1" {
				t.Error("what else the provider keeps there is lost")
			}
		})
	}
}

func TestOtherTypesAreLeftAlone(t *testing.T) {
	inner := &provider{}
	request := &tfprotov6.ApplyResourceChangeRequest{TypeName: "aws_quick", PlannedPrivate: []byte("as it is")}
	if _, err := waits.Wrap(inner, waits.Table()).ApplyResourceChange(context.Background(), request); err != nil {
		t.Fatal(err)
	}
	if string(inner.private) != "as it is" {
		t.Errorf("private state %q", inner.private)
	}
}

func TestPrivateStateThatIsNoJSONIsAnError(t *testing.T) {
	request := &tfprotov6.ApplyResourceChangeRequest{TypeName: "aws_opensearch_domain", PlannedPrivate: []byte("{")}
	if _, err := waits.Wrap(&provider{}, waits.Table()).ApplyResourceChange(context.Background(), request); err == nil {
		t.Error("no error")
	}
}

func TestEveryWaitSaysWhy(t *testing.T) {
	for _, one := range waits.Table() {
		if one.Reason == "" || one.Timeout <= 0 {
			t.Errorf("%s: timeout %s, reason %q", one.Terraform, one.Timeout, one.Reason)
		}
	}
}
