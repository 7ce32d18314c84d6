package simulated

import (
	"slices"

	"aws-platform/sandbox/aws/internal/invent"
)

// Type is a resource type that the emulator lacks.
type Type struct {
	// Terraform is Terraform's name of the type.
	Terraform string
	// Reason says what the emulator cannot do.
	Reason string
	// Shapes says what attributes look like that do not follow from their name.
	Shapes map[string]invent.Shape
}

// Table is every simulated type. One entry is all that a type needs; it leaves the
// table when the emulator learns it.
func Table() []Type {
	zoneAndVPC := map[string]invent.Shape{"id": invent.Joined(":", "zone_id", "vpc_id"), "owning_account": invent.Account}
	return slices.Concat(codeDeploy(), stores(), backups(), kubernetes(), accountServices(), recorded(), costs(), []Type{
		{
			"aws_cloudwatch_composite_alarm",
			"moto 5.2.1: PutCompositeAlarm is not implemented",
			map[string]invent.Shape{
				"id":  invent.Named("alarm_name"),
				"arn": invent.ARN("cloudwatch", "alarm:", "alarm_name"),
			},
		},
		{
			"aws_route53_vpc_association_authorization",
			"moto 5.2.1: CreateVPCAssociationAuthorization answers 404",
			zoneAndVPC,
		},
		{
			"aws_route53_zone_association",
			"moto 5.2.1: records every private zone as public and refuses the association (PublicZoneVPCAssociation)",
			zoneAndVPC,
		},
	})
}

// codeDeploy is all of CodeDeploy: a part of it in the emulator would not find the rest.
func codeDeploy() []Type {
	return []Type{
		{
			"aws_codedeploy_app",
			"moto 5.2.1: GetApplication gives the time of creation as text, which the provider cannot read",
			map[string]invent.Shape{
				"id": func(r invent.Resource) string {
					return invent.UUID(r) + ":" + invent.Named("name")(r) // the first part is application_id
				},
				"application_id":      invent.UUID,
				"arn":                 invent.ARN("codedeploy", "application:", "name"),
				"github_account_name": invent.Constant(""),
			},
		},
		{
			"aws_codedeploy_deployment_config",
			"moto 5.2.1: CreateDeploymentConfig is not implemented",
			map[string]invent.Shape{
				"id":                   invent.Named("deployment_config_name"),
				"deployment_config_id": invent.UUID,
				"arn":                  invent.ARN("codedeploy", "deploymentconfig:", "deployment_config_name"),
			},
		},
		{
			"aws_codedeploy_deployment_group",
			"moto 5.2.1: GetDeploymentGroup gives auto scaling groups in a form that the provider cannot read; " +
				"DeleteDeploymentGroup is not implemented",
			map[string]invent.Shape{
				"id":                  invent.UUID,
				"deployment_group_id": invent.UUID, // the same: AWS has one ID of a group
				"arn":                 invent.ARN("codedeploy", "deploymentgroup:", "app_name", "deployment_group_name"),
				"compute_platform":    invent.Constant("Server"), // the application's; there are no others here
			},
		},
	}
}
