package data

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/elasticache"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// The rights of users. Applications have all keys and channels, and no command that
// administers the cache or can stop it; INFO is among the dangerous ones, and clients ask
// it at every connection.
const (
	appRights     = "on ~* &* +@all -@admin -@dangerous +info"
	defaultRights = "off ~* -@all"
)

// users make the application's user and the group. Redis OSS wants a user "default" in
// every group, which is switched off; Valkey does not (Amazon ElastiCache User Guide,
// "Role-Based Access Control (RBAC)").
func (b *valkeyBuilder) users() (err error) {
	if b.app, err = b.user("app", b.identifier()+"-app", appRights, "iam"); err != nil {
		return err
	}
	ids := pulumi.StringArray{b.app.UserId}
	if b.redis() {
		other, err := b.user("default", "default", defaultRights, "no-password-required")
		if err != nil {
			return err
		}
		ids = append(ids, other.UserId)
	}
	b.userGroup, err = elasticache.NewUserGroup(b.ctx, b.name, &elasticache.UserGroupArgs{
		Engine:      pulumi.String(b.args.Config.Engine),
		UserGroupId: pulumi.String(b.identifier()),
		UserIds:     ids,
		Tags:        tags(b.identifier()),
	}, b.parent()...)
	return err
}

// user makes a user. With IAM authentication its ID and its name are the same (Amazon
// ElastiCache User Guide, "Authenticating with IAM", "Limitations").
func (b *valkeyBuilder) user(suffix, userName, rights, authentication string) (*elasticache.User, error) {
	return elasticache.NewUser(b.ctx, b.name+"-"+suffix, &elasticache.UserArgs{
		Engine:             pulumi.String(b.args.Config.Engine),
		UserId:             pulumi.String(b.identifier() + "-" + suffix),
		UserName:           pulumi.String(userName),
		AccessString:       pulumi.String(rights),
		AuthenticationMode: elasticache.UserAuthenticationModeArgs{Type: pulumi.String(authentication)},
		Tags:               tags(b.identifier() + "-" + suffix),
	}, b.parent()...)
}
