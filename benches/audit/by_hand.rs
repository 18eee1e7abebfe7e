//! The audit workload judged without an engine: a program for these norms alone. It is what the
//! reasoner's verdicts are compared with, and its speed.

use std::collections::HashMap;

/// A norm in the neutral form of the generator.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Norm<'t> {
    /// Its number. The highest that applies decides.
    pub number: u32,
    /// Whether it permits; else it forbids.
    pub permits: bool,
    /// The action that it speaks of.
    pub action: &'t str,
    /// The role that the actor must have.
    pub role: &'t str,
    /// The kind that the account must be of.
    pub kind: &'t str,
    /// The label that the content must carry.
    pub label: &'t str,
    /// The label that it must not carry.
    pub not_label: Option<&'t str>,
    /// Whether the actor must own the account, or must not.
    pub owner: Option<bool>,
}

/// An act to judge.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Request<'t> {
    /// Who acts.
    pub actor: &'t str,
    /// What is done.
    pub action: &'t str,
    /// With which content.
    pub content: &'t str,
    /// On which account.
    pub account: &'t str,
}

/// Facts, norms and acts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Workload<'t> {
    /// Actors and roles.
    pub actor_role: Vec<(&'t str, &'t str)>,
    /// Roles and the one that each includes.
    pub role_parent: Vec<(&'t str, &'t str)>,
    /// Accounts and owners.
    pub account_owner: Vec<(&'t str, &'t str)>,
    /// Accounts and kinds.
    pub account_kind: Vec<(&'t str, &'t str)>,
    /// Content and labels.
    pub content_label: Vec<(&'t str, &'t str)>,
    /// The norms.
    pub norms: Vec<Norm<'t>>,
    /// The acts.
    pub requests: Vec<Request<'t>>,
}

impl<'t> Workload<'t> {
    /// For each act whether it is permitted; `None` where no norm applies.
    pub fn verdicts(&self) -> Vec<Option<bool>> {
        let roles = self.roles();
        let labels = grouped(&self.content_label);
        let owner: HashMap<_, _> = self.account_owner.iter().copied().collect();
        let kind: HashMap<_, _> = self.account_kind.iter().copied().collect();
        let mut by_action: HashMap<&str, Vec<&Norm<'_>>> = HashMap::new();
        for norm in &self.norms {
            by_action.entry(norm.action).or_default().push(norm);
        }
        for norms in by_action.values_mut() {
            norms.sort_by_key(|norm| std::cmp::Reverse(norm.number));
        }
        let has = |list: &HashMap<&str, Vec<&str>>, of: &str, wanted: &str| {
            list.get(of).is_some_and(|list| list.contains(&wanted))
        };
        let applies = |norm: &Norm<'_>, request: &Request<'_>| {
            kind.get(request.account) == Some(&norm.kind)
                && has(&labels, request.content, norm.label)
                && norm
                    .not_label
                    .is_none_or(|label| !has(&labels, request.content, label))
                && has(&roles, request.actor, norm.role)
                && norm.owner.is_none_or(|wanted| {
                    wanted == (owner.get(request.account) == Some(&request.actor))
                })
        };
        let decisive = |request: &Request<'_>| {
            let norms = by_action.get(request.action)?;
            let highest = norms.iter().find(|norm| applies(norm, request))?;
            Some(highest.permits)
        };
        self.requests.iter().map(decisive).collect()
    }

    /// The roles of each actor, included ones too.
    fn roles(&self) -> HashMap<&'t str, Vec<&'t str>> {
        let parent: HashMap<_, _> = self.role_parent.iter().copied().collect();
        let mut roles: HashMap<_, Vec<_>> = HashMap::new();
        for &(actor, role) in &self.actor_role {
            let all = roles.entry(actor).or_default();
            let mut next = Some(role);
            while let Some(role) = next.filter(|role| !all.contains(role)) {
                all.push(role);
                next = parent.get(role).copied();
            }
        }
        roles
    }
}

fn grouped<'t>(pairs: &[(&'t str, &'t str)]) -> HashMap<&'t str, Vec<&'t str>> {
    let mut groups: HashMap<_, Vec<_>> = HashMap::new();
    for &(key, value) in pairs {
        groups.entry(key).or_default().push(value);
    }
    groups
}
