package config

import (
	"cmp"
	"slices"
)

// AgreeOnChannels holds the Slack channels of stacks that live in one account against each
// other: AWS takes a channel once in an account ("Slack channel with ID … has already been
// configured for AWS account"). Paths begin with the stack's name.
func AgreeOnChannels(environments []Environment, accounts []Account) Problems {
	var uses []channelUse
	for _, env := range environments {
		eachTopic(env, func(path string, of Subscriptions) {
			uses = append(uses, channelUses(env.Name, env.AWS.AccountID(), path, of)...)
		})
	}
	for _, account := range accounts {
		stack := AccountStackPrefix + account.Environment
		uses = append(uses, channelUses(stack, account.AWS.AccountID(), accountSubscriptionsPath, account.Baseline.Subscriptions)...)
	}
	slices.SortStableFunc(uses, func(a, b channelUse) int { return cmp.Compare(a.stack, b.stack) })
	var found Problems
	for i, use := range uses {
		first := slices.IndexFunc(uses, func(other channelUse) bool { return other.account == use.account && other.id == use.id })
		if first < i && uses[first].stack != use.stack {
			found.add(use.stack+": "+use.path, use.id, "is a channel of "+uses[first].stack+" too, in the same account, and AWS takes a channel once in an account", "give each its own")
		}
	}
	return found.sorted()
}

// channelUse is a channel that a stack names.
type channelUse struct{ stack, account, path, id string }

func channelUses(stack, account, path string, of Subscriptions) []channelUse {
	var uses []channelUse
	for i, channel := range of.Slack {
		uses = append(uses, channelUse{stack, account, at(path, "slack")(i) + ".channelId", channel.ChannelID})
	}
	return uses
}
