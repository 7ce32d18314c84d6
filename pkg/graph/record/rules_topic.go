package record

// topicRules are the rules of topics and of who hears them.
var topicRules = map[string]rule{
	"aws:sns/topic:Topic":                         {"arn:$partition:sns:$region:$account:$in.name", map[string]string{"arn": "$id", "owner": "$account"}},
	"aws:sns/topicPolicy:TopicPolicy":             {"$in.arn", map[string]string{"owner": "$account"}},
	"aws:sns/topicSubscription:TopicSubscription": {"$in.topic:$uuid", map[string]string{"arn": "$id", "ownerId": "$account"}},
	"aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": {
		"arn:$partition:chatbot::$account:chat-configuration/slack-channel/$in.configurationName", map[string]string{"chatConfigurationArn": "$id"},
	},
}
