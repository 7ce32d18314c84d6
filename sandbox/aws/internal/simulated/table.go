package simulated

import "aws-platform/sandbox/aws/internal/invent"

// Type is a resource type that the emulator lacks.
type Type struct {
	// Terraform is Terraform's name of the type.
	Terraform string
	// Reason says what the emulator cannot do.
	Reason string
	// Shapes says what attributes look like that do not follow from their name.
	Shapes map[string]invent.Shape
}

// Table is every simulated type. One line is all that a type needs; it leaves the
// table when the emulator learns it.
func Table() []Type {
	zoneAndVPC := map[string]invent.Shape{"id": invent.Joined(":", "zone_id", "vpc_id"), "owning_account": invent.Account}
	return []Type{
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
	}
}
