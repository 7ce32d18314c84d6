package githubtest

import (
	"archive/zip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"time"
)

func stamp(at time.Time) string { return at.UTC().Format(time.RFC3339) }

func (s *Server) rateLimit(w http.ResponseWriter, _ *http.Request) {
	core := Object{"limit": 5000, "remaining": 4999, "reset": 1372700873, "used": 1}
	reply(w, Object{"resources": Object{"core": core}, "rate": core})
}

// artifacts is "List artifacts for a repository".
func (s *Server) artifacts(w http.ResponseWriter, r *http.Request) {
	var named []Object
	for _, a := range s.Artifacts {
		if a.Name != r.URL.Query().Get("name") {
			continue
		}
		named = append(named, Object{
			"id": a.ID, "name": a.Name, "expired": a.Expired, "created_at": stamp(a.At),
			"workflow_run": Object{"id": a.Run, "repository_id": 1, "head_repository_id": 1, "head_branch": s.branchOf(a.Run), "head_sha": Main},
		})
	}
	reply(w, Object{"total_count": len(named), "artifacts": paged(s, w, r, named)})
}

func (s *Server) branchOf(run int64) any {
	if run, there := s.Runs[run]; there {
		return run["head_branch"]
	}
	return "main"
}

// redirect is "Download an artifact": a redirect to a host of another company.
func (s *Server) redirect(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Location", fmt.Sprintf("%s/blob/%d", s.URL, id(r)))
	w.WriteHeader(http.StatusFound)
}

func (s *Server) blob(w http.ResponseWriter, r *http.Request) {
	for _, a := range s.Artifacts {
		if a.ID != id(r) {
			continue
		}
		archive := zip.NewWriter(w)
		file, err := archive.Create(a.File)
		if err == nil {
			err = json.NewEncoder(file).Encode(a.Content)
		}
		if err == nil {
			err = archive.Close()
		}
		if err != nil {
			panic(err)
		}
		return
	}
	notFound(w)
}

func (s *Server) run(w http.ResponseWriter, r *http.Request) {
	if run, there := s.Runs[id(r)]; there {
		reply(w, run)
		return
	}
	notFound(w)
}

func (s *Server) approvals(w http.ResponseWriter, r *http.Request) {
	reply(w, slices.Concat([]Object{}, s.Approvals[id(r)]))
}

// deployments is "List deployments", the newest first.
func (s *Server) deployments(w http.ResponseWriter, r *http.Request) {
	var list []Object
	for _, d := range s.Deployments {
		if d.Environment == r.URL.Query().Get("environment") {
			list = append(list, Object{"id": d.ID, "environment": d.Environment, "created_at": stamp(d.At), "payload": d.Payload, "task": "deploy"})
		}
	}
	slices.Reverse(list)
	reply(w, paged(s, w, r, list))
}

func (s *Server) statuses(w http.ResponseWriter, r *http.Request) {
	list := []Object{}
	for _, d := range s.Deployments {
		if d.ID == id(r) {
			for i, status := range d.Statuses {
				list = append(list, Object{"id": i + 1, "state": status.State, "created_at": stamp(status.At)})
			}
		}
	}
	reply(w, paged(s, w, r, list))
}

// deploy is "Create a deployment".
func (s *Server) deploy(w http.ResponseWriter, r *http.Request) {
	body := s.note(r)
	s.Deployments = append(s.Deployments, Deployment{
		ID: int64(len(s.Deployments) + 1000), Environment: fmt.Sprint(body["environment"]), At: s.Now, Payload: body["payload"],
	})
	w.WriteHeader(http.StatusCreated)
	reply(w, Object{"id": s.Deployments[len(s.Deployments)-1].ID})
}

// status is "Create a deployment status".
func (s *Server) status(w http.ResponseWriter, r *http.Request) {
	body := s.note(r)
	for i, d := range s.Deployments {
		if d.ID == id(r) {
			s.Deployments[i].Statuses = append(d.Statuses, Status{fmt.Sprint(body["state"]), s.Now})
			w.WriteHeader(http.StatusCreated)
			reply(w, Object{"id": 1, "state": body["state"]})
			return
		}
	}
	notFound(w)
}

func (s *Server) note(r *http.Request) Object {
	var body Object
	_ = json.NewDecoder(r.Body).Decode(&body)
	s.lock.Lock()
	defer s.lock.Unlock()
	noted := Object{"path": r.URL.Path}
	for key, value := range body {
		noted[key] = value
	}
	s.written = append(s.written, noted)
	return body
}

func (s *Server) environment(w http.ResponseWriter, r *http.Request) {
	if e, there := s.Environments[r.PathValue("name")]; there {
		reply(w, e.Body)
		return
	}
	notFound(w)
}

func (s *Server) branches(w http.ResponseWriter, r *http.Request) {
	var list []Object
	for i, pattern := range s.Environments[r.PathValue("name")].Branches {
		list = append(list, Object{"id": i + 1, "name": pattern, "type": "branch"})
	}
	reply(w, Object{"total_count": len(list), "branch_policies": paged(s, w, r, list)})
}

func (s *Server) branch(w http.ResponseWriter, _ *http.Request) {
	reply(w, Object{"name": "main", "commit": Object{"sha": Main}, "protected": true})
}

func (s *Server) commit(w http.ResponseWriter, r *http.Request) {
	if c, there := s.Commits[r.PathValue("sha")]; there {
		reply(w, c)
		return
	}
	notFound(w)
}

// commits is "List commits": all that the server has, of which the caller asks for those since a time.
func (s *Server) commits(w http.ResponseWriter, r *http.Request) {
	since, err := time.Parse(time.RFC3339, r.URL.Query().Get("since"))
	if err != nil {
		w.WriteHeader(http.StatusUnprocessableEntity)
		return
	}
	list := []Object{}
	for _, sha := range slices.Sorted(maps.Keys(s.Commits)) {
		committer := s.Commits[sha]["commit"].(Object)["committer"].(Object)
		if at, err := time.Parse(time.RFC3339, committer["date"].(string)); err == nil && at.After(since) {
			list = append(list, s.Commits[sha])
		}
	}
	reply(w, paged(s, w, r, list))
}

// policy is "Get repository content" of a file.
func (s *Server) policy(w http.ResponseWriter, r *http.Request) {
	if s.Policy == "" || r.URL.Query().Get("ref") != "refs/heads/main" {
		notFound(w)
		return
	}
	reply(w, Object{"type": "file", "encoding": "base64", "name": "promotion.yaml", "content": base64.StdEncoding.EncodeToString([]byte(s.Policy))})
}

// oid is a commit that a GraphQL query asks for.
var oid = regexp.MustCompile(`(c\d+): object\(oid: "([0-9a-f]{40})"\)`)

// graphql answers the query of collect with the authors of commits.
func (s *Server) graphql(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Query     string            `json:"query"`
		Variables map[string]string `json:"variables"`
	}
	_ = json.NewDecoder(r.Body).Decode(&body)
	if body.Variables["owner"]+"/"+body.Variables["name"] != Repository {
		reply(w, Object{"data": Object{"repository": nil}, "errors": []Object{{"message": "Could not resolve to a Repository"}}})
		return
	}
	commits := Object{}
	for _, match := range oid.FindAllStringSubmatch(body.Query, -1) {
		commits[match[1]] = Object{"authors": accounts(s.CoAuthors[match[2]]), "associatedPullRequests": Object{"nodes": s.pulls(match[2])}}
	}
	reply(w, Object{"data": Object{"repository": commits}})
}

// accounts are logins as GraphQL gives them; "" is somebody without an account.
func accounts(logins []string) Object {
	nodes := []Object{}
	for _, login := range logins {
		node := Object{"user": nil}
		if login != "" {
			node["user"] = Object{"login": login}
		}
		nodes = append(nodes, node)
	}
	return Object{"nodes": nodes}
}

// pulls are the pull requests of a commit: one, with a commit of each of its people.
func (s *Server) pulls(sha string) []Object {
	people, there := s.PullRequests[sha]
	if !there {
		return []Object{}
	}
	commits := []Object{}
	for _, login := range people[1:] {
		commits = append(commits, Object{"commit": Object{"authors": accounts([]string{login}), "committer": Object{"user": Object{"login": "web-flow"}}}})
	}
	return []Object{{"author": Object{"login": people[0]}, "first": Object{"nodes": commits}, "last": Object{"nodes": commits}}}
}

// compare is "Compare two commits": with main it says whether a commit is on it.
func (s *Server) compare(w http.ResponseWriter, r *http.Request) {
	basehead := r.PathValue("basehead")
	if between, there := s.Between[basehead]; there {
		reply(w, Object{"status": "ahead", "total_commits": len(between), "commits": paged(s, w, r, between)})
		return
	}
	head := basehead[min(len(Main)+3, len(basehead)):]
	status := "diverged"
	switch {
	case head == Main:
		status = "identical"
	case s.OnMain[head]:
		status = "behind"
	}
	reply(w, Object{"status": status, "total_commits": 0, "commits": []Object{}})
}

// member is "Get team membership for a user".
func (s *Server) member(w http.ResponseWriter, r *http.Request) {
	state, there := s.Members[r.PathValue("team")+"/"+r.PathValue("login")]
	if !there {
		notFound(w)
		return
	}
	reply(w, Object{"url": s.URL, "role": "member", "state": state})
}
