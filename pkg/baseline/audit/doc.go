// Package audit makes what records an account: CloudTrail, AWS Config and the sessions of
// Session Manager, each of which exists once an account and region, so that an account's
// stack makes it and no environment's. Each has a switch (platform-account:baseline), for an
// organization may own it centrally.
//
// What is there already has to be taken over by `pulumi import`, or deleted first: the
// document SSM-SessionManagerRunShell, which the console of Session Manager makes as soon as
// somebody saves its preferences, and a recorder of another name than "default". Whether
// AWSServiceRoleForConfig is there is said by configuration.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>-access-logs   Bucket              platform-access-logs-<account>; with the trail or AWS Config
//	<name>-trail         Key, Alias          alias/platform/trail, protected
//	<name>-trail         Bucket              platform-trail-<account>, locked
//	<name>-trail         LogGroup            /platform/trail, protected
//	<name>-trail         Role, RolePolicy    platform-trail, by which CloudTrail writes to the log group
//	<name>-trail         Trail               platform-trail, protected
//	<name>-<event>       LogMetricFilter, MetricAlarm   of package events below, platform-<event>
//	<name>-config        Key, Alias          alias/platform/config, protected
//	<name>-config        Bucket              platform-config-<account>
//	<name>-config        ServiceLinkedRole   AWSServiceRoleForConfig; not with createRole: false
//	<name>-config        Recorder, DeliveryChannel, RecorderStatus   "default"
//	<name>-config        ConformancePack     of package conformance below
//	<name>-sessions      Key, Alias          alias/platform/sessions, protected
//	<name>-sessions      LogGroup            /platform/sessions, protected
//	<name>-sessions      Document            SSM-SessionManagerRunShell
//
// Refused before anything is registered: a missing field. Instances whose roles lack
// [policy.RecordedSessions] open no sessions once the preferences are there.
package audit
