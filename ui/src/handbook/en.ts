export default import.meta.glob<string>("../../../assets/handbook/en/*.md", { eager: true, import: "default" });
