package config

import "testing"

func TestAChannelIsTakenOnceInAnAccount(t *testing.T) {
	topics := func(channels ...string) map[string]Subscriptions {
		of := map[string]Subscriptions{}
		for i, channel := range channels {
			of[TopicNames()[i]] = Subscriptions{Slack: []SlackChannel{{ChannelID: channel}}}
		}
		return of
	}
	environment := func(name, account string, channels ...string) Environment {
		return Environment{Name: name, AWS: AWS{AllowedAccountIDs: []string{account}}, Observability: Observability{Subscriptions: topics(channels...)}}
	}
	account := func(name, id, channel string) Account {
		return Account{Environment: name, AWS: AWS{AllowedAccountIDs: []string{id}}, Baseline: Baseline{Subscriptions: topics(channel)[CostTopic]}}
	}
	const taken = ", in the same account, and AWS takes a channel once in an account: give each its own"
	for name, c := range map[string]struct {
		environments []Environment
		accounts     []Account
		lines        []string
	}{
		"one channel for all topics":     {environments: []Environment{environment(Dev, "1", "C1", "C1", "C1")}},
		"two accounts":                   {environments: []Environment{environment(Dev, "1", "C1"), environment(Staging, "2", "C1")}, accounts: []Account{account(Dev, "1", "C2"), account(Staging, "2", "C2")}},
		"two environments of one":        {environments: []Environment{environment(Staging, "1", "C1"), environment(Dev, "1", "C2", "C1")}, lines: []string{"staging: observability.subscriptions[cost].slack[0].channelId: C1: is a channel of dev too" + taken}},
		"an account and its environment": {environments: []Environment{environment(Dev, "1", "C1")}, accounts: []Account{account(Dev, "1", "C1")}, lines: []string{"dev: observability.subscriptions[cost].slack[0].channelId: C1: is a channel of account-dev too" + taken}},
	} {
		t.Run(name, func(t *testing.T) {
			var err error
			if found := AgreeOnChannels(c.environments, c.accounts); len(found) > 0 {
				err = found
			}
			expect(t, err, c.lines)
		})
	}
}
