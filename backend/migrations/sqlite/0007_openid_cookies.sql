-- Sign-ins that are at the provider are in cookies of the browsers that began them.
DROP TABLE openid_logins;
