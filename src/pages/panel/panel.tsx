document.getElementById("root")?.append("Framescope");
