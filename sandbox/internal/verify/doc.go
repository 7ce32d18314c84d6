// Package verify looks at a deployed estate from outside: it asks the AWS CLI
// what is there, account by account, and holds the answers against what the
// design demands. It never reads Pulumi's state or the program's own resource
// graph; resources are found by account and by their tags Name, Tier and Zone, or by the
// names that people and pipelines type.
//
// A check is a pure function from an Estate to findings, so that each can be
// tested with an estate in which exactly one thing is wrong.
package verify
