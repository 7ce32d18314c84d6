package record

// releaseRules are of the runbooks that bring a version live.
var releaseRules = map[string]rule{
	"aws:ssm/document:Document": {"$in.name", map[string]string{
		"arn": "arn:$partition:ssm:$region:$account:document/$id", "owner": "$account", "status": "Active",
		"createdDate": "2026-01-01T00:00:00Z", "defaultVersion": "1", "latestVersion": "1", "documentVersion": "1",
		"schemaVersion": "0.3", "hashType": "Sha256",
	}},
}
